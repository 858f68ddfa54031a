package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.port.Credential;
import io.schedulerworker.port.SigningSecret;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSecrets;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.reach.HostPattern;
import io.schedulerworker.testing.RawRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Keys and signatures as they arrive. */
class SecretsTest {
  private static final String OK = ScriptedServer.http(200, "", "application/json", "{}");
  private static final SigningSecret SECRET =
      SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final SigningSecret NEXT =
      SigningSecret.parse("whsec_bmV4dC1zZWNyZXQtbmV4dC1zZWNyZXQh");

  private final AtomicReference<TriggerSecrets> secrets =
      new AtomicReference<>(TriggerSecrets.NONE);
  private final TriggerSettings settings =
      Calls.settings().secrets(secrets::get).build();

  private static TriggerSecrets keys(Credential... credentials) {
    return new TriggerSecrets(List.of(credentials), List.of());
  }

  private static Credential forHost(String host, String key) {
    return Credential.bearer(key).forHosts(List.of(HostPattern.parse(host)));
  }

  @Test
  void eachHostGetsItsOwnKeyAndNoOther() {
    secrets.set(keys(forHost("localhost", "local"), forHost("127.0.0.1", "by-address")));
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(settings)) {
      for (String host : List.of("localhost", "127.0.0.1", "LOCALHOST", "127.0.0.1.nip.invalid")) {
        Calls.outcome(trigger.trigger(Calls.request(
            "k", server.url("/").resolve("http://" + host + ":" + server.port() + "/"))));
      }

      assertThat(server.requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer local", "Bearer by-address", "Bearer local");
    }
  }

  @Test
  void aHostWithoutAKeyGetsNone() {
    secrets.set(keys(forHost("*.example.com", "elsewhere"), forHost("localhost:1", "other-port")));
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(settings)) {
      Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(server.requests().get(0).head()).doesNotContainIgnoringCase("authorization");
    }
  }

  @Test
  void aKeyMayStandInAHeaderOfItsOwn() {
    secrets.set(keys(Credential.of("X-API-Key", "", "abc")));
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(settings)) {
      Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(server.requests().get(0).header("X-API-Key")).isEqualTo("abc");
      assertThat(server.requests().get(0).head()).doesNotContainIgnoringCase("authorization");
    }
  }

  @Test
  void aKeyThatChangesIsSentFromTheNextAttemptOn() {
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(settings)) {
      for (String key : List.of("old", "new")) {
        secrets.set(keys(Credential.bearer(key)));
        Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));
      }

      assertThat(server.requests())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer old", "Bearer new");
    }
  }

  @Test
  void whatTheOtherSideRepeatsIsHidden() {
    secrets.set(new TriggerSecrets(
        List.of(Credential.of("Authorization", "Basic", "user:sesame")), List.of(SECRET)));
    String repeats = "{\"message\":\"sesame dXNlcjpzZXNhbWU= " + SECRET.base64() + "\"}";
    try (ScriptedServer server =
            ScriptedServer.answering(ScriptedServer.http(400, "", "application/json", repeats));
        N8nTrigger trigger = Calls.trigger(settings)) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(outcome.reason()).endsWith(": *** *** ***");
    }
  }

  @Test
  void aSecretIsNoExecutionId() {
    secrets.set(keys(Credential.bearer("s3cret-key")));
    try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.http(
            200, "", "application/json", "{\"executionId\":\"a-s3cret-key\"}"));
        N8nTrigger trigger = Calls.trigger(settings)) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(outcome).isEqualTo(new Accepted(200));
    }
  }

  @Test
  void aSignatureThatIsRefusedIsNamedAsThePossibleReason() {
    secrets.set(new TriggerSecrets(List.of(), List.of(SECRET)));
    try (ScriptedServer server =
            ScriptedServer.answering(ScriptedServer.http(401, "", "application/json", ""));
        N8nTrigger trigger = Calls.trigger(settings)) {
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));

      assertThat(outcome.reason()).contains("another signature", "n8n.signing_secrets");
    }
  }

  /** The specification's own vector: secret, id, time, payload and signature. */
  @Test
  void aCallIsSignedAsTheSpecificationHasIt() {
    secrets.set(new TriggerSecrets(List.of(), List.of(SECRET)));
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = new N8nTrigger(settings, () -> Instant.ofEpochSecond(1_614_265_330))) {
      Calls.outcome(trigger.trigger(new TriggerRequest(
          Calls.TRACE_ID,
          "k",
          new IdempotencyKey("msg_p5jXN8AQM9LWM0D4loKWxJek"),
          server.url("/"),
          "{\"test\": 2432232314}")));

      RawRequest request = server.requests().get(0);
      assertThat(request.header("webhook-id")).isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
      assertThat(request.header("webhook-timestamp")).isEqualTo("1614265330");
      assertThat(request.header("webhook-signature"))
          .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
  }

  /** A signature is good for five minutes: a name server that takes its time must not use them up. */
  @Test
  void aSignatureHasTheTimeAtWhichTheCallIsSent() {
    secrets.set(new TriggerSecrets(List.of(), List.of(SECRET)));
    Thread caller = Thread.currentThread();
    InstantSource time = () ->
        Instant.ofEpochSecond(Thread.currentThread() == caller ? 1_000_000_000 : 2_000_000_000);
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = new N8nTrigger(settings, time)) {
      Calls.outcome(trigger.trigger(
          Calls.request("k", server.url("/").resolve("http://localhost:" + server.port() + "/"))));

      assertThat(server.requests().get(0).header("webhook-timestamp")).isEqualTo("2000000000");
    }
  }

  @Test
  void twoSecretsMakeTwoSignatures() {
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(settings)) {
      for (List<SigningSecret> active :
          List.of(List.of(SECRET), List.of(NEXT), List.of(SECRET, NEXT))) {
        secrets.set(new TriggerSecrets(List.of(), active));
        Calls.outcome(trigger.trigger(Calls.request("k", server.url("/"))));
      }

      List<String> signatures = server.requests().stream()
          .map(request -> request.header("webhook-signature"))
          .toList();
      assertThat(signatures.get(0)).isNotEqualTo(signatures.get(1));
      assertThat(signatures.get(2)).isEqualTo(signatures.get(0) + " " + signatures.get(1));
      assertThat(server.requests().get(2).header("webhook-id"))
          .isEqualTo(server.requests().get(2).header("Idempotency-Key"));
    }
  }
}
