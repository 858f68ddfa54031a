package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Lot;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The fires of one schedule: at which times the rule names them, and when each is due. */
final class FireTimes {
  private final ScheduleId schedule;
  private final CronExpression cron;
  private final ZoneId zone;
  private final Duration jitter;

  FireTimes(ScheduleId schedule, CronExpression cron, ZoneId zone, Duration jitter) {
    this.schedule = schedule;
    this.cron = cron;
    this.zone = zone;
    this.jitter = jitter;
  }

  static FireTimes of(Schedule schedule) {
    CronExpression cron = CronExpression.parse(schedule.cron());
    return new FireTimes(schedule.id(), cron, schedule.zone(), schedule.policy().jitter());
  }

  /** The first one after a moment; empty if there is none. */
  Optional<Instant> next(Instant after) {
    return cron.nextAfter(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The first fire after one moment that is due after another. */
  Optional<Instant> nextDue(Instant after, Instant now) {
    Instant earliest = now.minus(jitter);
    Optional<Instant> next = next(after.isAfter(earliest) ? after : earliest);
    while (next.isPresent() && !due(next.get()).isAfter(now)) {
      next = next(next.get());
    }
    return next;
  }

  /** When a fire is due: at its time, or later by its jitter, but before the next one. The same on every process. */
  Instant due(Instant fireTime) {
    if (jitter.isZero()) {
      return fireTime;
    }
    Duration gap = next(fireTime).map(next -> Duration.between(fireTime, next)).orElse(jitter);
    Duration most = jitter.compareTo(gap) < 0 ? jitter : gap;
    return fireTime.plusMillis((long) (most.toMillis() * share(fireTime)));
  }

  /** Up to so long, by a hash of schedule and fire time. */
  Duration spread(Duration most, Instant fireTime) {
    return Duration.ofMillis((long) (most.toMillis() * share(fireTime)));
  }

  private double share(Instant fireTime) {
    return Lot.of(31L * schedule.value().hashCode() + fireTime.getEpochSecond());
  }
}
