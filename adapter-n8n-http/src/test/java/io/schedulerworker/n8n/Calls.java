package io.schedulerworker.n8n;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** What the tests call with. */
final class Calls {
  static final String KEY = "secret-n8n-key";
  static final String PAYLOAD = "{\"kpi\":\"Umsatz in € 🎉\"}";
  static final TraceId TRACE_ID = new TraceId("trace_20250814_120000_abc12345");

  /** Our own time, for answers without a date. */
  static final Instant NOW = Instant.parse("2025-08-14T12:00:00Z");

  private Calls() {}

  static TriggerSettings.Builder settings() {
    return TriggerSettings.builder("scheduler-worker/1.2.3")
        .responseTimeout(Duration.ofSeconds(20));
  }

  static TriggerSettings settings(String apiKey, Duration responseTimeout) {
    return settings().apiKey(apiKey).responseTimeout(responseTimeout).build();
  }

  static N8nTrigger trigger() {
    return trigger(settings(KEY, Duration.ofSeconds(20)));
  }

  static N8nTrigger trigger(TriggerSettings settings) {
    return new N8nTrigger(settings, () -> NOW);
  }

  static TriggerRequest request(String kpiId, URI webhook) {
    return new TriggerRequest(
        TRACE_ID, kpiId, IdempotencyKey.of(TRACE_ID, kpiId), webhook, PAYLOAD);
  }

  /** A request with a payload of so many bytes. */
  static TriggerRequest request(int size, URI webhook) {
    return new TriggerRequest(
        TRACE_ID, "k", IdempotencyKey.of(TRACE_ID, "k"), webhook, "x".repeat(size));
  }

  static TriggerRequest emptyRequest(URI webhook) {
    return new TriggerRequest(TRACE_ID, "k", IdempotencyKey.of(TRACE_ID, "k"), webhook, "");
  }

  static TriggerOutcome outcome(CompletionStage<TriggerOutcome> stage) {
    return stage.toCompletableFuture().orTimeout(20, SECONDS).join();
  }

  static TriggerOutcome call(URI webhook) {
    try (N8nTrigger trigger = trigger()) {
      return outcome(trigger.trigger(request("kpi-1", webhook)));
    }
  }

  /** Calls with a short patience. */
  static TriggerOutcome callBriefly(URI webhook) {
    try (N8nTrigger trigger = trigger(settings(KEY, Duration.ofMillis(300)))) {
      return outcome(trigger.trigger(request("kpi-1", webhook)));
    }
  }
}
