package io.schedulerworker.simulation;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** The clocks of one process: a wall clock that is wrong, and a monotonic one that begins shortly before it overflows. */
final class SimClock implements Clock {
  private static final long LONGEST = Duration.ofDays(365).toNanos();

  private final Incarnation me;
  private final World world;
  private final long origin;
  private Duration wallOffset;
  private long stood;
  private long standsUntil;

  SimClock(Incarnation me, Duration wallOffset) {
    this.me = me;
    this.world = me.world;
    this.wallOffset = wallOffset;
    this.origin = Long.MAX_VALUE - world.random.nextLong(Duration.ofMinutes(40).toNanos());
  }

  @Override
  public Instant now() {
    me.checkAlive();
    return wall();
  }

  /** The wall clock as an onlooker sees it. */
  Instant wall() {
    return world.time().plus(wallOffset);
  }

  Duration wallOffset() {
    return wallOffset;
  }

  @Override
  public long nanoTime() {
    me.checkAlive();
    return monotonic();
  }

  private long monotonic() {
    return origin + world.now() - stood;
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    me.checkAlive();
    long wait = Math.max(0, delay.compareTo(Duration.ofDays(365)) < 0 ? delay.toNanos() : LONGEST);
    PendingTimer timer = new PendingTimer(monotonic() + wait, task);
    timer.waitAgain();
    return timer;
  }

  /** The monotonic clock is about to stand still, or does so for longer. */
  void stopFor(Duration span) {
    long end = world.now() + span.toNanos();
    stood += Math.max(0, end - Math.max(world.now(), standsUntil));
    standsUntil = Math.max(standsUntil, end);
  }

  /** Somebody sets the wall clock. */
  void shiftWall(Duration by) {
    wallOffset = wallOffset.plus(by);
  }

  /** Lateness of timers, as threads cause it. */
  private long lateness() {
    return world.random.nextLong(1_000_000);
  }

  private final class PendingTimer implements Timer {
    private final long due;
    private final Runnable task;
    private boolean cancelled;

    PendingTimer(long due, Runnable task) {
      this.due = due;
      this.task = task;
    }

    void waitAgain() {
      world.at(world.now() + Math.max(0, due - monotonic()) + lateness(), me, this::look);
    }

    private void look() {
      if (cancelled) {
        return;
      }
      if (due - monotonic() > 0) {
        waitAgain();
      } else {
        task.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
