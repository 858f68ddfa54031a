package io.schedulerworker.n8n;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110): seconds, or a date in one of HTTP's three formats. */
final class RetryAfter {
  /** Nobody means more; an absurd value must not stop calls for years. */
  static final Duration MOST = Duration.ofDays(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int LONGEST_NUMBER = 9;

  /** The obsolete format has a year of two digits; in this century, which is good enough for a retry. */
  private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
      .parseCaseInsensitive()
      .appendPattern("EEEE, dd-MMM-")
      .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
      .appendPattern(" HH:mm:ss 'GMT'")
      .toFormatter(Locale.US);

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US);

  private static final List<DateTimeFormatter> FORMATS = Stream.of(
          DateTimeFormatter.RFC_1123_DATE_TIME, RFC_850, ASCTIME)
      .map(format -> format.withZone(ZoneOffset.UTC))
      .toList();

  private RetryAfter() {}

  /**
   * How long the server asks to be left alone: from 0 to a day; null if it does not say or nobody can read it.
   *
   * <p>A date is measured from the answer's own {@code Date}, so that clocks that disagree do no harm; from our time if
   * it has none.
   */
  static @Nullable Duration of(HttpHeaders headers, InstantSource time) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(value -> delay(value, headers, time))
        .map(RetryAfter::bound)
        .orElse(null);
  }

  private static Optional<Duration> delay(String value, HttpHeaders headers, InstantSource time) {
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(
          value.length() > LONGEST_NUMBER ? MOST : Duration.ofSeconds(Long.parseLong(value)));
    }
    return instant(value).map(until -> Duration.between(now(headers, time), until));
  }

  private static Instant now(HttpHeaders headers, InstantSource time) {
    return headers.firstValue("Date").flatMap(RetryAfter::instant).orElseGet(time::instant);
  }

  private static Optional<Instant> instant(String date) {
    return FORMATS.stream()
        .map(format -> instant(date, format))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static @Nullable Instant instant(String date, DateTimeFormatter format) {
    try {
      return format.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Duration bound(Duration delay) {
    if (delay.isNegative()) {
      return Duration.ZERO;
    }
    return delay.compareTo(MOST) > 0 ? MOST : delay;
  }
}
