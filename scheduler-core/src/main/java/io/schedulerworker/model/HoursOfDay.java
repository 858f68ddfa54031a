package io.schedulerworker.model;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of every day, as in {@code 22-6} or {@code 22:30-06:00}. It may pass midnight.
 *
 * @param from its first moment
 * @param to the first moment after it; the same as {@code from} for the whole day
 */
public record HoursOfDay(LocalTime from, LocalTime to) {
  private static final Pattern TEXT =
      Pattern.compile("\\s*(\\d{1,2})(?::(\\d{2}))?\\s*-\\s*(\\d{1,2})(?::(\\d{2}))?\\s*");

  private static final int HOURS = 24;

  /**
   * Reads such a part of a day.
   *
   * @param text hours, with or without minutes, from 0 to 24, joined by a hyphen
   * @return the part
   * @throws IllegalArgumentException if the text is none; the message says what is expected
   */
  public static HoursOfDay parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    try {
      return new HoursOfDay(
          time(parts.group(1), parts.group(2)), time(parts.group(3), parts.group(4)));
    } catch (DateTimeException e) {
      throw wrong(text);
    }
  }

  private static LocalTime time(String hour, String minute) {
    int minutes = minute == null ? 0 : Integer.parseInt(minute);
    int hours = Integer.parseInt(hour);
    return LocalTime.of(hours == HOURS && minutes == 0 ? 0 : hours, minutes);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "must be hours of the day like 22-6 or 22:30-06:00, not " + Texts.quote(text));
  }

  /**
   * Whether a time of day is within.
   *
   * @param time on the schedule's clock
   * @return true from {@code from} on until before {@code to}
   */
  public boolean contains(LocalTime time) {
    if (from.equals(to)) {
      return true;
    }
    boolean begun = !time.isBefore(from);
    boolean ended = !time.isBefore(to);
    return from.isBefore(to) ? begun && !ended : begun || !ended;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s-%s", from, to);
  }
}
