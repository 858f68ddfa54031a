package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Ledger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The fires of a schedule that are due and have no fate. One that is only a little late is fired, each for itself. Those
 * that were missed, because nobody was there to fire them, are let go; but if there is none that is only late, the
 * newest of them is made up for, unless it was too long ago.
 *
 * @param letGo what makes no job, the oldest first; of many the newest alone
 * @param letGoCount how many those are, also where not all are listed
 * @param toFire what is to become jobs, the oldest first
 */
record DueFires(List<Instant> letGo, int letGoCount, List<Instant> toFire) {
  /** How late a fire may be and yet not count as missed. */
  private static final Duration LATE = Duration.ofSeconds(60);

  /** How long a missed fire can be made up for. */
  private static final Duration WINDOW = Duration.ofHours(24);

  /** The ledger remembers so many of those let go at once: others must still find the fates before. */
  private static final int LISTED = 50;

  /** What is due by the definition that a ledger has in force. */
  static DueFires of(Ledger ledger, Instant now) {
    try {
      return of(
          CronExpression.parse(ledger.cron()), ZoneId.of(ledger.zone()), ledger.openAfter(), now);
    } catch (IllegalArgumentException | DateTimeException e) {
      // Another version's dialect: what it owes is not known here.
      return new DueFires(List.of(), 0, List.of());
    }
  }

  static DueFires of(CronExpression cron, ZoneId zone, Instant openAfter, Instant now) {
    Deque<Instant> missed = new ArrayDeque<>();
    List<Instant> late = new ArrayList<>();
    int count = 0;
    Optional<Instant> next = next(cron, zone, openAfter);
    while (next.isPresent() && !next.get().isAfter(now)) {
      if (next.get().isBefore(now.minus(LATE))) {
        count++;
        missed.addLast(next.get());
        if (missed.size() > LISTED) {
          missed.removeFirst();
        }
      } else {
        late.add(next.get());
      }
      next = next(cron, zone, next.get());
    }
    if (late.isEmpty() && count > 0 && !missed.getLast().isBefore(now.minus(WINDOW))) {
      late.add(missed.removeLast());
      count--;
    }
    return new DueFires(List.copyOf(missed), count, late);
  }

  static Optional<Instant> next(CronExpression cron, ZoneId zone, Instant after) {
    return cron.nextAfter(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** All that are listed, the oldest first. */
  List<Instant> all() {
    List<Instant> all = new ArrayList<>(letGo);
    all.addAll(toFire);
    return all;
  }
}
