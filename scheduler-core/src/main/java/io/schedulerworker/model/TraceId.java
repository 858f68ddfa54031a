package io.schedulerworker.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a job: {@code trace_YYYYMMDD_HHMMSS_xxxxxxxx}, in UTC, with a suffix of {@code [a-z0-9]}.
 *
 * <p>The id of a scheduled fire is computed, not drawn: every replica arrives at the same one. Ids sort by time,
 * then by suffix.
 *
 * @param value the id's text
 */
public record TraceId(String value) implements Comparable<TraceId> {
  /** The number of ids that one fire of one schedule can have, see {@link #ofFire}. */
  public static final int CANDIDATES = Base36Digest.LENGTH / 8;

  private static final int SUFFIX_LENGTH = 8;
  private static final Pattern SHAPE = Pattern.compile("trace_[0-9]{8}_[0-9]{6}_[a-z0-9]{8}");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss").withZone(ZoneOffset.UTC);

  /**
   * Checks the shape.
   *
   * @param value as above
   * @throws IllegalArgumentException if {@code value} has another shape
   */
  public TraceId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "trace id " + Texts.quote(value) + " must look like trace_20250814_120000_abc12345");
    }
  }

  /**
   * The id of a scheduled fire.
   *
   * @param schedule the schedule
   * @param fireTime the fire time that the cron rule names; a fraction of a second is dropped
   * @param candidate 0 for the id, 1 for the next one to try if the record found under it belongs to another schedule,
   *     and so on
   * @return the same id for the same arguments, for ever
   * @throws IllegalArgumentException if {@code candidate} is negative or not below {@link #CANDIDATES}
   */
  public static TraceId ofFire(ScheduleId schedule, Instant fireTime, int candidate) {
    if (candidate < 0 || candidate >= CANDIDATES) {
      throw new IllegalArgumentException(
          "candidate " + candidate + " must be from 0 to " + (CANDIDATES - 1));
    }
    Instant time = fireTime.truncatedTo(ChronoUnit.SECONDS);
    int from = candidate * SUFFIX_LENGTH;
    String digits = Base36Digest.of(schedule + "\n" + time);
    return of(time, digits.substring(from, from + SUFFIX_LENGTH));
  }

  /**
   * The id of a job that no schedule started.
   *
   * @param createdAt the moment of creation; a fraction of a second is dropped
   * @param suffix 8 random characters of {@code [a-z0-9]}
   * @return the id
   * @throws IllegalArgumentException if the suffix has another shape
   */
  public static TraceId ofManual(Instant createdAt, String suffix) {
    return of(createdAt, suffix);
  }

  private static TraceId of(Instant time, String suffix) {
    return new TraceId("trace_" + STAMP.format(time) + "_" + suffix);
  }

  /** One's own: the JVM would make it when it is first asked for, at the expense of every start. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** For the same reason. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TraceId id && value.equals(id.value);
  }

  @Override
  public int compareTo(TraceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
