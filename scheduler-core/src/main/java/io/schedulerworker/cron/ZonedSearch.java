package io.schedulerworker.cron;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Finds fire times in a time zone, where a local time may exist once, twice or not at all.
 *
 * <p>A fixed schedule means local times: each of them fires once, and one that falls in a gap fires
 * at the gap's end. A flowing schedule means the passing of time: it fires in every matching minute
 * the clock really shows.
 */
final class ZonedSearch {
  private final CronFields fields;
  private final ZoneId zone;
  private final ZoneRules rules;
  private final CalendarSearch calendar;

  ZonedSearch(CronFields fields, ZonedDateTime from) {
    this.fields = fields;
    this.zone = from.getZone();
    this.rules = zone.getRules();
    this.calendar = new CalendarSearch(fields, from.getYear());
  }

  /** What the search has cost so far, see {@link CalendarSearch#steps}. */
  int steps() {
    return calendar.steps();
  }

  @Nullable
  ZonedDateTime nextAfter(ZonedDateTime after) {
    return fields.fixed() ? nextFixed(after) : nextFlowing(after);
  }

  boolean matches(ZonedDateTime moment) {
    LocalDateTime minute = moment.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
    if (!rules.isValidOffset(minute, moment.getOffset())) {
      return false; // the clock was changed within this minute and never showed its beginning
    }
    return fields.fixed() ? matchesFixed(moment.with(minute)) : fields.matches(minute);
  }

  private boolean matchesFixed(ZonedDateTime minute) {
    boolean intended = fields.matches(minute.toLocalDateTime());
    return (intended && secondPassAt(minute) == null) || isEndOfGapWithIntendedTimes(minute);
  }

  private boolean isEndOfGapWithIntendedTimes(ZonedDateTime minute) {
    ZoneOffsetTransition change = rules.previousTransition(minute.toInstant().plusNanos(1));
    if (change == null || !change.isGap() || !endOf(change).isEqual(minute)) {
      return false;
    }
    LocalDateTime intended = calendar.firstFrom(change.getDateTimeBefore());
    return intended != null && intended.isBefore(change.getDateTimeAfter());
  }

  /**
   * Intended local times and the instants they fire at come in the same order, so the first local
   * time whose fire is still to come is the one.
   */
  private @Nullable ZonedDateTime nextFixed(ZonedDateTime after) {
    LocalDateTime intended = firstIntendedAfter(after);
    if (intended == null) {
      return null;
    }
    ZonedDateTime fire = ZonedDateTime.ofLocal(intended, zone, null);
    return showsExactly(fire, intended) ? fire : endOf(rules.getTransition(intended));
  }

  private @Nullable LocalDateTime firstIntendedAfter(ZonedDateTime after) {
    ZoneOffsetTransition repeated = secondPassAt(after);
    if (repeated != null) {
      return calendar.firstFrom(repeated.getDateTimeBefore());
    }
    ZoneOffsetTransition gap = gapBeforeWholeMinute(after);
    return gap != null
        ? calendar.firstFrom(gap.getDateTimeBefore())
        : calendar.firstAfter(after.toLocalDateTime());
  }

  /** The repeated part of which the given moment is in the second pass. */
  private @Nullable ZoneOffsetTransition secondPassAt(ZonedDateTime moment) {
    ZoneOffsetTransition change = rules.getTransition(moment.toLocalDateTime());
    return change != null && change.getOffsetAfter().equals(moment.getOffset()) ? change : null;
  }

  /** The gap that ended within the minute of the given moment: its fire is at the next one. */
  private @Nullable ZoneOffsetTransition gapBeforeWholeMinute(ZonedDateTime moment) {
    if (moment.getSecond() == 0) {
      return null; // the clock showed the minute's beginning
    }
    LocalDateTime minute = moment.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
    ZoneOffsetTransition change = rules.getTransition(minute);
    return change != null && change.isGap() ? change : null;
  }

  private ZonedDateTime endOf(ZoneOffsetTransition gap) {
    LocalDateTime end = gap.getDateTimeAfter();
    LocalDateTime minute = end.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime fire = minute.isBefore(end) ? minute.plusMinutes(1) : minute;
    return ZonedDateTime.ofLocal(fire, zone, gap.getOffsetAfter());
  }

  private @Nullable ZonedDateTime nextFlowing(ZonedDateTime after) {
    ZoneOffsetTransition repeated = rules.getTransition(after.toLocalDateTime());
    if (repeated != null) {
      ZonedDateTime fire = nextWithin(repeated, after);
      if (fire != null) {
        return fire;
      }
      return firstShown(calendar.firstFrom(repeated.getDateTimeBefore()));
    }
    return firstShown(calendar.firstAfter(after.toLocalDateTime()));
  }

  /** The next fire time in this or the second pass of the repeated part the moment is in. */
  private @Nullable ZonedDateTime nextWithin(ZoneOffsetTransition repeated, ZonedDateTime after) {
    LocalDateTime end = repeated.getDateTimeBefore();
    LocalDateTime found = calendar.firstAfter(after.toLocalDateTime());
    if (found != null && found.isBefore(end)) {
      return ZonedDateTime.ofLocal(found, zone, after.getOffset());
    }
    if (after.getOffset().equals(repeated.getOffsetAfter())) {
      return null;
    }
    LocalDateTime again = calendar.firstFrom(repeated.getDateTimeAfter());
    return again != null && again.isBefore(end)
        ? ZonedDateTime.ofLocal(again, zone, repeated.getOffsetAfter())
        : null;
  }

  /** The first fire time from a local time on, over the gaps. */
  private @Nullable ZonedDateTime firstShown(@Nullable LocalDateTime first) {
    LocalDateTime local = first;
    while (local != null) {
      ZonedDateTime fire = ZonedDateTime.ofLocal(local, zone, null);
      if (showsExactly(fire, local)) {
        return fire;
      }
      local = calendar.firstFrom(rules.getTransition(local).getDateTimeAfter());
    }
    return null;
  }

  /** False in a gap: there the JDK moves the time forward by the length of the gap. */
  private static boolean showsExactly(ZonedDateTime fire, LocalDateTime local) {
    return fire.toLocalDateTime().equals(local);
  }
}
