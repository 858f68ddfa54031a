package io.schedulerworker.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches a wall clock tick by tick and notes the fire times. It knows nothing of transitions: it
 * sees that a minute is shown again, or that the clock has jumped over some.
 */
final class ClockScan {
  private final PlainCron cron;
  private final ZoneId zone;
  private final Set<LocalDateTime> shown = new HashSet<>();
  private final NavigableSet<Instant> fires = new TreeSet<>();
  private LocalDateTime previous;
  private boolean moved;

  private ClockScan(PlainCron cron, ZoneId zone, Instant start) {
    this.cron = cron;
    this.zone = zone;
    this.previous = LocalDateTime.ofInstant(start, zone);
  }

  /** All fire times after the start, up to and with the end. */
  static NavigableSet<Instant> fires(
      String expression, ZonedDateTime start, Instant end, int tick) {
    ClockScan scan = new ClockScan(new PlainCron(expression), start.getZone(), start.toInstant());
    for (Instant now = start.toInstant().plusSeconds(tick);
        !now.isAfter(end);
        now = now.plusSeconds(tick)) {
      scan.tick(now, tick);
    }
    return scan.fires;
  }

  private void tick(Instant now, int tick) {
    LocalDateTime wall = LocalDateTime.ofInstant(now, zone);
    for (LocalDateTime missed = previous.plusSeconds(tick);
        missed.isBefore(wall);
        missed = missed.plusSeconds(tick)) {
      moved |= cron.fixed && missed.getSecond() == 0 && cron.matches(missed);
    }
    previous = wall;
    if (wall.getSecond() == 0) {
      boolean again = !shown.add(wall);
      if (moved || (cron.matches(wall) && !(cron.fixed && again))) {
        fires.add(now);
      }
      moved = false;
    }
  }
}
