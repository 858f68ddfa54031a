package io.schedulerworker.app.http;

import static io.schedulerworker.app.http.RoutingTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each key is good for, and how long who guesses has to wait. */
class KeysTest {
  private static final String ALL = "all-0123456789abcdef";
  private static final String READ = "read-0123456789abcdef";
  private static final String TOKEN = "token-0123456789abcdef";

  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final AtomicReference<List<ApiKey>> keys = new AtomicReference<>(
      List.of(ApiKey.of("ops", ALL, false), ApiKey.of("grafana", READ, true)));
  private HttpService service;

  @BeforeEach
  void start() throws IOException {
    HttpOptions options = new HttpOptions(
        ApiKeys.of(keys::get).withToken(TOKEN), List.of(), LoggedRequests.NONE, clock);
    service = Services.with(
        options,
        route("GET", "/thing", Access.KEY),
        route("PUT", "/thing", Access.KEY),
        route("POST", "/open", Access.OPEN),
        Route.blocking("POST", "/end", Access.KEY_OR_SIGNATURE, KeysTest::end));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private static Route route(String method, String path, Access access) {
    return Route.blocking(method, path, access, request -> Response.json(200, caller(request)));
  }

  private static String caller(Request request) {
    return request.caller().orElse("nobody") + (request.hasKey() ? " with key" : "");
  }

  private static Response end(Request request) {
    List<String> signatures = request.query().getOrDefault("signature", List.of(""));
    if (!request.hasKey() && !signatures.contains("right")) {
      throw new ProblemException(401, "the signature is wrong");
    }
    return Response.json(200, caller(request));
  }

  private Reply ask(String method, String target, String key) throws IOException {
    String authorization = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
    return Wire.ask(
        service.address(),
        method + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + authorization
            + "\r\n");
  }

  private void guess(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(ask("GET", "/thing", "guess-" + i).status()).isEqualTo(401);
    }
  }

  private static void assertTooMany(Reply reply, String seconds) {
    assertProblem(reply, 429, "Too Many Requests");
    assertThat(reply.header("Retry-After")).isEqualTo(seconds);
    assertThat(reply.headers()).doesNotContainKey("www-authenticate");
  }

  @Test
  void eachKeyIsKnownByItsName() throws IOException {
    assertThat(ask("PUT", "/thing", ALL).text()).isEqualTo("ops with key");
    assertThat(ask("GET", "/thing", READ).text()).isEqualTo("grafana with key");
    assertThat(ask("PUT", "/thing", TOKEN).text()).isEqualTo("command line with key");
  }

  @Test
  void aReadOnlyKeyReads() throws IOException {
    try (Wire wire = new Wire(service.address())) {
      String head = "HEAD /thing HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + READ + "\r\n\r\n";
      assertThat(wire.say(head).replyToHead().status()).isEqualTo(200);
    }
    Reply refused = ask("PUT", "/thing", READ);
    assertProblem(refused, 403, "Forbidden");
    assertThat(refused.text()).contains("the key grafana is read-only");
    assertThat(ask("POST", "/end", READ).status()).isEqualTo(403);
    assertThat(ask("DELETE", "/thing", READ).status()).isEqualTo(405);
    assertThat(ask("POST", "/open", READ).text()).isEqualTo("nobody");
  }

  @Test
  void whereASignatureCountsNoKeyDoes() throws IOException {
    assertThat(ask("POST", "/end?signature=right", READ).text()).isEqualTo("nobody");
    assertThat(ask("POST", "/end?signature=right", "wrong").text()).isEqualTo("nobody");
    assertThat(ask("POST", "/end?signature=wrong", ALL).status()).isEqualTo(401);
    assertThat(ask("POST", "/end?signature=", READ).status()).isEqualTo(401);
    assertThat(ask("POST", "/end?signature=", "").status()).isEqualTo(401);
    assertThat(ask("POST", "/end?signature=", ALL).status()).isEqualTo(401);
    assertThat(ask("POST", "/end", ALL).text()).isEqualTo("ops with key");
  }

  @Test
  void keysThatChangeCountFromThenOn() throws IOException {
    assertThat(ask("GET", "/thing", "next-0123456789abcdef").status()).isEqualTo(401);
    keys.set(List.of(ApiKey.of("ops", "next-0123456789abcdef", false)));
    assertThat(ask("GET", "/thing", "next-0123456789abcdef").status()).isEqualTo(200);
    assertThat(ask("GET", "/thing", ALL).status()).isEqualTo(401);
  }

  @Test
  void ofTwoThatAreTheSameWhatMayLessCounts() throws IOException {
    keys.set(List.of(ApiKey.of("ops", ALL, false), ApiKey.of("grafana", ALL, true)));
    assertThat(ask("PUT", "/thing", ALL).status()).isEqualTo(403);
  }

  @Test
  void afterTwentyWrongKeysTheNextOnesWait() throws IOException {
    guess(20);
    assertTooMany(ask("GET", "/thing", "guess"), "60");
    assertTooMany(ask("GET", "/thing", ALL), "60");
    clock.advance(Duration.ofMillis(59_001));
    assertTooMany(ask("PUT", "/thing", READ), "1");
    clock.advance(Duration.ofMillis(999));
    assertThat(ask("GET", "/thing", ALL).status()).isEqualTo(200);
    assertThat(ask("GET", "/thing", "guess").status()).isEqualTo(401);
  }

  @Test
  void whoWorksAlreadyGoesOn() throws IOException {
    assertThat(ask("GET", "/thing", ALL).status()).isEqualTo(200);
    guess(20);
    assertThat(ask("PUT", "/thing", ALL).status()).isEqualTo(200);
    assertThat(ask("PUT", "/thing", TOKEN).status()).isEqualTo(200);
    assertTooMany(ask("GET", "/thing", READ), "60");
  }

  @Test
  void anOpenPathNeitherWaitsNorMakesAKeyKnown() throws IOException {
    guess(20);
    assertThat(ask("POST", "/open", "guess").status()).isEqualTo(200);
    assertThat(ask("POST", "/open", ALL).text()).isEqualTo("ops with key");
    assertTooMany(ask("GET", "/thing", ALL), "60");
  }

  @Test
  void whoSendsNoKeyDoesNotGuess() throws IOException {
    for (int i = 0; i < 40; i++) {
      assertThat(ask("GET", "/thing", "").status()).isEqualTo(401);
      assertThat(ask("GET", "/nowhere", "guess").status()).isEqualTo(404);
      assertThat(ask("DELETE", "/thing", "guess").status()).isEqualTo(405);
      assertThat(ask("POST", "/end?signature=right", "guess").status()).isEqualTo(200);
    }
    assertThat(ask("GET", "/thing", ALL).status()).isEqualTo(200);
    guess(20);
    assertThat(ask("GET", "/thing", "").status()).isEqualTo(401);
    assertThat(ask("GET", "/nowhere", "guess").status()).isEqualTo(404);
  }

  @Test
  void wrongSignaturesCountAndRightOnesAndKeysGoOn() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(ask("POST", "/end?drive=0&signature=" + i, "").status()).isEqualTo(401);
    }
    assertTooMany(ask("POST", "/end?signature=wrong", ""), "60");
    assertThat(ask("GET", "/thing", ALL).status()).isEqualTo(200);
    assertThat(ask("POST", "/end?signature=right", "").status()).isEqualTo(200);
  }

  /** Otherwise the answer to a guess with it would say whether it was right. */
  @Test
  void aSignatureWithoutValueIsNoWayRoundTheWait() throws IOException {
    guess(20);
    assertThat(ask("POST", "/end?signature=", ALL).text())
        .isEqualTo(ask("POST", "/end?signature=", "guess").text());
    assertTooMany(ask("GET", "/thing", ALL), "60");
  }

  @Test
  void whereNoKeyIsConfiguredThereIsNothingToGuess() throws IOException {
    keys.set(List.of());
    for (int i = 0; i < 40; i++) {
      assertProblem(ask("GET", "/thing", "guess"), 403, "Forbidden");
    }
    assertThat(ask("GET", "/thing", TOKEN).status()).isEqualTo(200);
  }
}
