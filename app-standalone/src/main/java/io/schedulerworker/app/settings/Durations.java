package io.schedulerworker.app.settings;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms 30s 15m 24h 90d}, and {@code 0}. */
public final class Durations {
  static final Duration LONGEST = Duration.ofDays(3_650);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS = Map.of(
      "ms", Duration.ofMillis(1),
      "s", Duration.ofSeconds(1),
      "m", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1));

  private Durations() {}

  /**
   * Reads one.
   *
   * @param text as above
   * @return the duration
   * @throws IllegalArgumentException if it is none, or is too long; the message says which
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          text.matches("\\d+") ? "it has no unit" : "it is no duration");
    }
    Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
    long count = Long.parseLong(parts.group(1));
    if (count > LONGEST.toMillis() / unit.toMillis()) {
      throw new IllegalArgumentException("it is longer than " + text(LONGEST));
    }
    return unit.multipliedBy(count);
  }

  /** As {@link #parse} reads it, in the greatest unit that fits. */
  static String text(Duration duration) {
    return UNITS.entrySet().stream()
        .filter(unit -> duration.toMillis() % unit.getValue().toMillis() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> duration.toMillis() / unit.getValue().toMillis() + unit.getKey())
        .orElseThrow();
  }
}
