package io.schedulerworker.dispatch;

/**
 * A limit on calls in flight that keeps {@value #ALPHA} or {@value #BETA} of them waiting in the server's queue: enough
 * to keep it busy, and no more.
 *
 * <p>TCP Vegas (Brakmo, O'Malley and Peterson, 1994) as Netflix's concurrency-limits has it, step by step; a test runs
 * both side by side. How long an unhindered call takes it does not find out for itself, as the library does by believing
 * a sample now and then: it is told how much slower than that a call was.
 */
final class Vegas {
  static final int FIRST = 2;
  static final int MOST = 32;
  static final int ALPHA = 3;
  static final int BETA = 4;

  /** Who has not even this many waiting may have far more. */
  private static final int NEXT_TO_NOTHING = 1;

  private int limit = FIRST;

  int limit() {
    return limit;
  }

  /** A call took so many times as long as it does unhindered, while so many were in flight. */
  void sampled(double slowdown, int inFlight) {
    if (inFlight * 2 < limit) {
      // The limit held nothing up, so this says nothing about it.
      return;
    }
    int queue = (int) Math.ceil(limit * (1 - 1 / slowdown));
    if (queue <= NEXT_TO_NOTHING) {
      set(limit + BETA);
    } else if (queue < ALPHA) {
      set(limit + 1);
    } else if (queue > BETA) {
      set(limit - 1);
    }
  }

  /** A call was lost to too much work. */
  void dropped() {
    set(limit - 1);
  }

  private void set(int wanted) {
    limit = Math.max(1, Math.min(MOST, wanted));
  }
}
