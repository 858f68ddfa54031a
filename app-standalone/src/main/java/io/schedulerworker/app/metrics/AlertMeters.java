package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.app.alerts.AlertStatus;

/** Alerts to people. Each is 0 from the start, so that its first time is seen as a rise. */
final class AlertMeters {
  private final MeterProvider<Counter> sent;
  private final Counter failures;

  AlertMeters(MeterRegistry registry) {
    sent = Counter.builder("scheduler_worker_alerts")
        .description("Alerts that were delivered")
        .withRegistry(registry);
    failures = Counter.builder("scheduler_worker_alert_failures")
        .description("Attempts to deliver an alert that failed")
        .register(registry);
    for (AlertKind kind : AlertKind.values()) {
      counter(kind, AlertStatus.FIRING);
      if (kind.isCondition()) {
        counter(kind, AlertStatus.RESOLVED);
      }
    }
  }

  private Counter counter(AlertKind kind, AlertStatus status) {
    return sent.withTags("alert", kind.text(), "status", status.text());
  }

  void sent(AlertKind kind, AlertStatus status) {
    counter(kind, status).increment();
  }

  void failed() {
    failures.increment();
  }
}
