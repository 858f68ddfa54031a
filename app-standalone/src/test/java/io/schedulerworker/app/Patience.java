package io.schedulerworker.app;

import java.time.Duration;
import java.util.List;

/** Bounds on times, on a machine that may be busy with other things. */
final class Patience {
  /** Of one process or two, with nothing else to do for two cores. */
  private static final Duration A_START = Duration.ofMillis(1_500);

  private Patience() {}

  /** A bound that grows with what the starts took that were in the same time. */
  static Duration of(Duration most, List<Replica> started) {
    double longest = started.stream()
        .mapToLong(replica -> replica.startTook().toMillis())
        .max()
        .orElseThrow();
    return Duration.ofMillis((long) (most.toMillis() * Math.max(1, longest / A_START.toMillis())));
  }
}
