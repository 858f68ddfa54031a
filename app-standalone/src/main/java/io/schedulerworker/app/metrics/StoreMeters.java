package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Calls of the stores. */
final class StoreMeters {
  private final MeterProvider<Timer> operations;

  StoreMeters(MeterRegistry registry) {
    operations = Buckets.STORE
        .timer("scheduler_worker_store_operation", "Calls of the stores, by what became of them")
        .withRegistry(registry);
  }

  /** A call of a store ended. The labels are words of a few. */
  void ended(String store, String operation, String outcome, Duration took) {
    operations
        .withTags("store", store, "operation", operation, "outcome", outcome)
        .record(took);
  }
}
