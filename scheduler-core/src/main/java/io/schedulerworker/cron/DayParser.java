package io.schedulerworker.cron;

/** Reads the two day fields: their forms with L, W and #, which stand alone, or else values. */
final class DayParser {
  private static final int MAX_OFFSET = 30;
  private static final int MAX_NTH = 5;

  private DayParser() {}

  static DayRule daysOfMonth(FieldReader reader) {
    if (reader.copy().takeLast('*')) {
      return new DayRule.EveryDay();
    }
    if (reader.take('L')) {
      return afterL(reader);
    }
    if (reader.atDigit()) {
      FieldReader ahead = reader.copy();
      int day = ahead.value();
      if (ahead.takeLast('W')) {
        return new DayRule.NearestWorkday(day);
      }
    }
    return new DayRule.Listed((int) new ValueParser(reader).parse());
  }

  private static DayRule afterL(FieldReader reader) {
    int offset = reader.take('-') ? reader.number(" offset", 1, MAX_OFFSET) : 0;
    boolean nearestWorkday = reader.takeLast('W');
    reader.expectEnd();
    return nearestWorkday
        ? new DayRule.NearestWorkdayFromLast(offset)
        : new DayRule.FromLast(offset);
  }

  static DayRule daysOfWeek(FieldReader reader) {
    if (reader.copy().takeLast('*')) {
      return new DayRule.EveryDay();
    }
    if (reader.takeLast('L')) {
      return new DayRule.Weekdays(1 << DayRule.SATURDAY);
    }
    if (!reader.at('*')) {
      FieldReader ahead = reader.copy();
      int weekday = ahead.value();
      if (ahead.takeLast('L')) {
        return new DayRule.LastWeekday(weekday);
      }
      if (ahead.take('#')) {
        int nth = ahead.number(" occurrence", 1, MAX_NTH);
        ahead.expectEnd();
        return new DayRule.NthWeekday(weekday, nth);
      }
    }
    return new DayRule.Weekdays((int) new ValueParser(reader).parse());
  }
}
