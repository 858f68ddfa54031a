package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the clock for one schedule's fire times. The wait for a distant one is cut into short ones, so that a wall
 * clock that was set or a machine that was suspended is noticed. Thread-safe.
 */
public final class FireLoop implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Schedule schedule;
  private final CronExpression cron;
  private final Clock clock;
  private final BiConsumer<Fire, KpiSelection> fire;
  private @Nullable Instant next;
  private Clock.@Nullable Timer timer;
  private boolean closed;

  /**
   * A loop that does not run yet.
   *
   * @param schedule what to watch for
   * @param clock the time
   * @param fire takes each fire when its time has come, with whom to call; must return soon
   * @throws IllegalArgumentException if the schedule's cron is no expression
   */
  public FireLoop(Schedule schedule, Clock clock, BiConsumer<Fire, KpiSelection> fire) {
    this.schedule = schedule;
    this.cron = CronExpression.parse(schedule.cron());
    this.clock = clock;
    this.fire = fire;
  }

  /** Begins with the first fire time after now. */
  public synchronized void start() {
    next = after(clock.now()).orElse(null);
    await();
  }

  /**
   * The fire time that comes next.
   *
   * @return empty if the loop is not started or the schedule never fires again
   */
  public synchronized Optional<Instant> nextFireTime() {
    return Optional.ofNullable(next);
  }

  private Optional<Instant> after(Instant instant) {
    return cron.nextAfter(instant.atZone(schedule.zone())).map(ZonedDateTime::toInstant);
  }

  private void await() {
    if (next != null && !closed) {
      Duration wait = Duration.between(clock.now(), next);
      timer = clock.after(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, this::look);
    }
  }

  private void look() {
    dueFire().ifPresent(due -> fire.accept(due, schedule.selection()));
    synchronized (this) {
      await();
    }
  }

  private synchronized Optional<Fire> dueFire() {
    Instant now = clock.now();
    if (closed || next == null || next.isAfter(now)) {
      return Optional.empty();
    }
    Instant due = next;
    next = after(now.isAfter(due) ? now : due).orElse(null);
    return Optional.of(Fire.of(schedule, due));
  }

  /** Fires no more. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
