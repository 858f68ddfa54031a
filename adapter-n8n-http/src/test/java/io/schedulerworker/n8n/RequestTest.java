package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTriggerProvider;
import io.schedulerworker.testing.RawRequest;
import java.net.URI;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent. */
class RequestTest {
  private static final String OK = ScriptedServer.http(200, "", "application/json", "{}");

  @Test
  void aRequestHasTheseBytesAndNoOthers() {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Calls.call(server.url("/webhook/kpi-1?a=b%20c&d"));

      RawRequest request = server.requests().get(0);
      assertThat(request.head().lines())
          .startsWith("POST /webhook/kpi-1?a=b%20c&d HTTP/1.1")
          .containsExactlyInAnyOrder(
              "POST /webhook/kpi-1?a=b%20c&d HTTP/1.1",
              "Host: 127.0.0.1:" + server.port(),
              "Content-Length: 28",
              "Content-Type: application/json",
              "User-Agent: scheduler-worker/1.2.3",
              "Idempotency-Key: trace_20250814_120000_abc12345:kpi-1",
              "traceparent: 00-8f8177566b0b07f1b986184dada78703-226bbd9f9dceeed3-01",
              "Authorization: Bearer " + Calls.KEY,
              "");
      assertThat(request.body()).isEqualTo(Calls.PAYLOAD);
    }
  }

  @Test
  void withoutAKeyThereIsNoAuthorization() {
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger(Calls.settings().build())) {
      Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url("/"))));

      assertThat(server.requests().get(0).head()).doesNotContainIgnoringCase("authorization");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "'?x=1', /?x=1",
    "/größe?ü=€, /gr%C3%B6%C3%9Fe?%C3%BC=%E2%82%AC",
    "/a%2Fb/%e2%82%ac, /a%2Fb/%e2%82%ac",
    "/a#part, /a"
  })
  void pathAndQueryArriveAsTheyAre(String webhook, String sent) {
    try (ScriptedServer server = ScriptedServer.answering(OK)) {
      Calls.call(server.url(webhook));

      assertThat(server.requests().get(0).head()).startsWith("POST " + sent + " HTTP/1.1\r\n");
    }
  }

  @Test
  void aKpiIdOfAnyTextIsCarried() {
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger()) {
      Calls.outcome(trigger.trigger(Calls.request("a b\r\nX: 🎉/%", server.url("/"))));

      assertThat(server.requests().get(0).header("Idempotency-Key"))
          .isEqualTo("trace_20250814_120000_abc12345:a%20b%0D%0AX%3A%20%F0%9F%8E%89%2F%25");
    }
  }

  @Test
  void anIdempotencyKeyThatNoHeaderCarriesIsRefused() {
    TriggerRequest broken = new TriggerRequest(
        Calls.TRACE_ID, "k", new IdempotencyKey("a\r\nb"), URI.create("http://h/"), "{}");
    try (N8nTrigger trigger = Calls.trigger()) {
      assertThat(Calls.outcome(trigger.trigger(broken))).isInstanceOf(Refused.class);
    }
  }

  @Test
  void aConnectionServesOneCallAfterAnother() {
    try (ScriptedServer server = ScriptedServer.answering(OK);
        N8nTrigger trigger = Calls.trigger()) {
      for (int i = 0; i < 50; i++) {
        assertThat(Calls.outcome(trigger.trigger(Calls.request("kpi-" + i, server.url("/")))))
            .isEqualTo(new Accepted(200));
      }

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret\n", "sec\u0000ret", "secret\u0085", "schlüssel-secret", "secret€", " "})
  void aKeyThatNoHeaderCarriesIsRefusedAtOnceAndNotShown(String key) {
    assertThatThrownBy(() -> Calls.settings().apiKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key ")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aUserAgentThatNoHeaderCarriesIsRefusedAtOnce() {
    TriggerSettings settings = TriggerSettings.builder("a\nb").build();

    assertThatThrownBy(() -> new N8nTrigger(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the user agent ");
  }

  @Test
  void theServiceLoaderFindsTheProvider() {
    assertThat(ServiceLoader.load(WorkflowTriggerProvider.class))
        .hasExactlyElementsOfTypes(N8nTriggerProvider.class);
  }
}
