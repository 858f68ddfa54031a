package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.schedulerworker.port.JobListener.Attempt;

/** Calls of webhooks, by host. */
final class CallMeters {
  private static final String HOST = "host";

  private final BoundedLabels hosts;
  private final MeterProvider<Timer> calls;
  private final MeterProvider<Counter> retries;
  private final MeterProvider<Counter> givenUp;
  private final MeterProvider<Counter> closings;

  CallMeters(MeterRegistry registry, BoundedLabels hosts) {
    this.hosts = hosts;
    calls = Buckets.CALL
        .timer("scheduler_worker_call", "Calls of webhooks, each attempt by itself, by outcome")
        .withRegistry(registry);
    retries = Counter.builder("scheduler_worker_call_retries")
        .description("Calls that repeated an earlier one")
        .withRegistry(registry);
    givenUp = Counter.builder("scheduler_worker_calls_given_up")
        .description("KPIs that failed because their host was given up")
        .withRegistry(registry);
    closings = Counter.builder("scheduler_worker_host_closings")
        .description("Times that a host began to be left alone")
        .withRegistry(registry);
  }

  /** What has not happened yet is 0, so that its first time is seen as a rise. */
  void begin(String label) {
    retries.withTags(HOST, label);
    givenUp.withTags(HOST, label);
    closings.withTags(HOST, label);
  }

  void ended(Attempt attempt) {
    String host = hosts.of(attempt.host());
    calls.withTags(HOST, host, "outcome", attempt.outcome().kind()).record(attempt.took());
    if (attempt.number() > 1) {
      retries.withTags(HOST, host).increment();
    }
  }

  void closed(String host) {
    closings.withTags(HOST, hosts.of(host)).increment();
  }

  void givenUp(String host, int count) {
    givenUp.withTags(HOST, hosts.of(host)).increment(count);
  }
}
