package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/** The bounds of histograms, in seconds: fixed, so that those of processes and versions can be added up. */
final class Buckets {
  static final Buckets STORE =
      new Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
  static final Buckets CALL =
      new Buckets(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);
  static final Buckets JOB =
      new Buckets(0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 14_400, 86_400);
  static final Buckets LAG =
      new Buckets(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 14_400, 86_400);

  private final Duration[] bounds;

  private Buckets(double... seconds) {
    bounds = Arrays.stream(seconds)
        .mapToObj(each -> Duration.ofNanos(Math.round(each * 1e9)))
        .toArray(Duration[]::new);
  }

  /** A timer with these bounds. */
  Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(bounds);
  }
}
