package io.schedulerworker.dispatch;

import java.util.HashMap;
import java.util.Map;

/**
 * How long the calls to a host take when nothing holds them up. Webhooks differ: one answers at once, another when its
 * workflow is done, so each of the first ten thousand is measured against its own fastest answer. Used by one lane, under
 * its lock.
 */
final class Baselines {
  /** Who answers as fast as this is not overloaded; below it, noise is as large as what is measured. */
  private static final long NOISE_NANOS = 5_000_000;

  /** Longer than a call waits in the queue of an n8n that has no more to do than the limit allows. */
  private static final long OWN_WORK_NANOS = 1_000_000_000;

  private static final int MOST_WEBHOOKS = 10_000;

  private final Map<String, Long> fastest = new HashMap<>();
  private long fastestOfAll = Long.MAX_VALUE;

  /** How many times as long as unhindered a call took, 1 or more. Learns from it. */
  double slowdown(Flight flight) {
    long unhindered = Math.max(NOISE_NANOS, unhindered(flight));
    learn(flight);
    return Math.max(1, (double) flight.nanos() / unhindered);
  }

  private long unhindered(Flight flight) {
    Long own = fastest.get(flight.webhook());
    if (own != null) {
      return own;
    }
    // Nothing is known of it: if it took long, that is taken for its own work.
    return flight.nanos() < OWN_WORK_NANOS ? fastestOfAll : flight.nanos();
  }

  /** A call that was alone shows how long it takes now, be it longer than before. */
  private void learn(Flight flight) {
    long nanos = Math.max(NOISE_NANOS, flight.nanos());
    Long known = fastest.get(flight.webhook());
    if (known == null ? fastest.size() < MOST_WEBHOOKS : nanos < known || flight.alone()) {
      fastest.put(flight.webhook(), nanos);
    }
    fastestOfAll = Math.min(fastestOfAll, nanos);
  }
}
