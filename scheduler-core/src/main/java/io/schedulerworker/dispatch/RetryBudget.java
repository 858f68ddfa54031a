package io.schedulerworker.dispatch;

import java.time.Duration;

/**
 * How many retries a host gets: a share of the calls of the last minute, and a few in each second in any case. A host in
 * trouble is not to be helped down by calls made again and again. Used by one lane, under its lock.
 */
final class RetryBudget {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int SECONDS = 60;

  private final double share;
  private final int always;
  private final int[] calls = new int[SECONDS];
  private final int[] retries = new int[SECONDS];
  private long began;
  private long second;
  private boolean used;

  RetryBudget(double share, int always) {
    this.share = share;
    this.always = always;
  }

  /** Whether a retry may begin. */
  boolean allows(long now) {
    moveTo(now);
    return retries[slot()] < always || sum(retries) + 1 <= share * (sum(calls) + 1);
  }

  /** How many retries may begin now. */
  int left(long now) {
    moveTo(now);
    int inThisSecond = Math.max(0, always - retries[slot()]);
    return Math.max(inThisSecond, shareLeft());
  }

  /** Each retry is a call too, of which a share may be retries. */
  private int shareLeft() {
    if (share >= 1) {
      return Integer.MAX_VALUE;
    }
    return (int) Math.max(0, (share * sum(calls) - sum(retries)) / (1 - share));
  }

  /** How long until it is worth asking again. */
  long delay(long now) {
    moveTo(now);
    return (second + 1) * SECOND - (now - began);
  }

  /** A call begins. */
  void count(boolean retry, long now) {
    moveTo(now);
    calls[slot()]++;
    if (retry) {
      retries[slot()]++;
    }
  }

  private int slot() {
    return (int) (second % SECONDS);
  }

  private void moveTo(long now) {
    if (!used) {
      began = now;
      used = true;
    }
    long present = (now - began) / SECOND;
    for (long passed = Math.min(present - second, SECONDS); passed > 0; passed--) {
      int slot = (int) ((present - passed + 1) % SECONDS);
      calls[slot] = 0;
      retries[slot] = 0;
    }
    second = Math.max(second, present);
  }

  private static int sum(int... counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
