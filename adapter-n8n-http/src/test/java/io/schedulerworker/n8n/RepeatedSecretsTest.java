package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Credential;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerSecrets;
import io.schedulerworker.testing.PlantedSecret;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that repeat the key that they were sent, wherever an answer is cut. */
class RepeatedSecretsTest {
  private static final PlantedSecret KEY = PlantedSecret.HARD;
  private static final String HOST_KEY = "k3y-of-letters-that-hosts-have";

  static List<String> ways() {
    return KEY.ways();
  }

  private static String reason(String key, int status, String location, String body) {
    TriggerSecrets secrets = new TriggerSecrets(List.of(Credential.bearer(key)), List.of());
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
    String read = body.substring(0, Math.min(body.length(), AnswerReader.MOST));
    Wording wording = new Wording(URI.create("http://127.0.0.1:5678/x"), secrets);
    return new AnswerVerdict(
            new Answer(status, headers, read, false), wording, InstantSource.system())
        .outcome()
        .reason();
  }

  private static void assertHidden(String body) {
    String reason = reason(KEY.text(), 400, "", body);
    assertThat(reason).startsWith("127.0.0.1:5678 answered 400");
    assertThat(KEY.pieceIn(reason))
        .as("%s ... said as: %s", body.strip(), reason)
        .isEmpty();
  }

  /** With one character in five as the first that is cut off: no code has as many. */
  private static void assertHiddenWhereABodyIsCut(String before, String way) {
    for (int shown = 0; shown <= way.length(); shown += 5) {
      String padding = " ".repeat(AnswerReader.MOST - before.length() + 2 - shown);
      assertHidden(before.formatted(padding) + way + " and more\"}");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theKeyIsHiddenHoweverItIsWritten(String way) {
    assertHidden("no " + way + " here");
    assertHidden("{\"message\":\"no " + way + " here\",\"code\":1}");
    assertHidden("{\"error\":{\"authorization\":\"Bearer " + way + "\"}}");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noPieceOfTheKeyIsLeftWhereAMessageIsCut(String way) {
    String before = "{\"message\":\"";
    for (int shown = 0; shown <= way.length(); shown++) {
      assertHidden(before + "-" + " ".repeat(999 - shown) + way + " and more\"}");
    }
  }

  @Test
  void noPieceOfTheKeyIsLeftWhereWhatIsHiddenMadeRoom() {
    for (int first = 0; first < KEY.text().length(); first++) {
      assertHidden("{\"message\":\"" + "x".repeat(first) + (KEY.json() + " ").repeat(30) + "\"}");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noPieceOfTheKeyIsLeftWhereABodyIsCut(String way) {
    assertHiddenWhereABodyIsCut("%s", way);
    assertHiddenWhereABodyIsCut("{\"error\":\"%s", way);
    assertHiddenWhereABodyIsCut("{\"more\":\"%s\",\"message\":\"", way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noPieceOfTheKeyIsLeftWhereAReasonIsCut(String way) {
    for (int before = 0; before <= 120; before++) {
      assertHidden("{\"message\":\"" + "x".repeat(before) + way + "\"}");
      assertHidden("x".repeat(before) + way);
    }
  }

  @Test
  void noPieceOfTheKeyIsLeftWhereAConnectionBreaksOff() {
    ScriptedServer.Act[] acts = IntStream.rangeClosed(1, KEY.text().length())
        .mapToObj(shown -> breakOff(KEY.text().substring(0, shown)))
        .toArray(ScriptedServer.Act[]::new);
    try (ScriptedServer server = ScriptedServer.of(acts);
        N8nTrigger trigger = Calls.trigger(Calls.settings().apiKey(KEY.text()).build())) {
      for (int call = 0; call < acts.length; call++) {
        TriggerOutcome outcome =
            Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

        assertThat(outcome.httpStatus()).isEqualTo(400);
        assertThat(KEY.pieceIn(outcome.reason())).isEmpty();
      }
    }
  }

  private static ScriptedServer.Act breakOff(String begun) {
    return (request, connection) -> {
      ScriptedServer.send(connection, "HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\n" + begun);
      connection.close();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 %s\r\n\r\n",
        "%s\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
        "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
        "HTTP/1.1 200 OK\r\n%s: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \0%s\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
        "HTTP/1.1 503 %1$s\r\nRetry-After: %1$s\r\nDate: %1$s\r\nWarning: %1$s\r\n\r\n"
      })
  void theKeyIsHiddenInWhatComesBeforeABody(String head) {
    try (ScriptedServer server = ScriptedServer.of((request, connection) -> {
          ScriptedServer.send(connection, head.formatted(KEY.text()));
          connection.close();
        });
        N8nTrigger trigger = Calls.trigger(Calls.settings().apiKey(KEY.text()).build())) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(server.requests().get(0).header("Authorization")).endsWith(KEY.text());
      assertThat(KEY.pieceIn(outcome.toString())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theKeyIsHiddenInRedirects(String way) {
    for (String location : List.of(
        "%s",
        "//%s", "https://%s", "https://u:%s@n8n.example.com/", "https://n8n.example.com/%s")) {
      String reason = reason(KEY.text(), 302, location.formatted(way), "");
      assertThat(KEY.pieceIn(reason)).as(location + reason).isEmpty();
    }
  }

  @Test
  void noPieceOfAKeyIsLeftWhereTheHostOfARedirectIsCut() {
    PlantedSecret key = new PlantedSecret(HOST_KEY);
    IntStream.rangeClosed(0, 100).forEach(before -> {
      String host = "h".repeat(before) + HOST_KEY + ".example.com";
      String reason = reason(HOST_KEY, 302, "https://" + host + "/", "");
      assertThat(key.pieceIn(reason)).as(reason).isEmpty();
    });
  }

  @Test
  void aPieceOfAKeyThatAUrlTakesForAHostIsHidden() {
    String key = "p1ece@anotherpieceofit.tld/rest";
    for (String location : List.of("https://%s", "https://%s/x", "//%s?x")) {
      assertThat(reason(key, 302, location.formatted(key), "")).doesNotContain("anotherpiece");
    }
  }
}
