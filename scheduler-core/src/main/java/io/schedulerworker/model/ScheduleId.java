package io.schedulerworker.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a schedule: 1 to 64 of {@code a-z 0-9 _ -}.
 *
 * @param value the name
 */
public record ScheduleId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9_-]{1,64}");
  private static final int CRON_DIGITS = 8;

  /** Stands for jobs that a person or a program started; no schedule may bear it. */
  public static final ScheduleId MANUAL = new ScheduleId("manual");

  /**
   * Checks the shape.
   *
   * @param value as above
   * @throws IllegalArgumentException if {@code value} is not 1 to 64 of the allowed characters
   */
  public ScheduleId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "schedule id " + Texts.quote(value) + " must be 1 to 64 of a-z, 0-9, _ and -");
    }
  }

  /**
   * The id of a schedule that is known by its cron text alone: {@code cron-} and 8 base-36 digits of the text's
   * SHA-256, so equal texts are one schedule for ever.
   *
   * @param cron the expression, as written
   * @return the id, for example {@code cron-0gerc8sp} for {@code 0 12 * * *}
   */
  public static ScheduleId ofCron(String cron) {
    return new ScheduleId("cron-" + Base36Digest.of(cron).substring(0, CRON_DIGITS));
  }

  /** One's own: the JVM would make it when it is first asked for, at the expense of every start. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** For the same reason. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScheduleId id && value.equals(id.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
