package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fire that had no turn at its time and is to be made up for. It has no fate yet.
 *
 * @param fireTime the time the rule names, whole seconds
 * @param cause why it had no turn
 * @param notBefore when its turn comes at the earliest, whole seconds
 * @param unless the fire that came at its time just then, whole seconds: if that becomes a job, this one is let go; null
 *     if there was none
 */
public record Owed(
    Instant fireTime,
    Cause cause,
    Instant notBefore,
    @Nullable Instant unless) {
  /**
   * Drops fractions of seconds.
   *
   * @param fireTime as above
   * @param cause as above
   * @param notBefore as above
   * @param unless as above
   */
  public Owed {
    fireTime = fireTime.truncatedTo(ChronoUnit.SECONDS);
    notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
    unless = unless == null ? null : unless.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * A fire that no other one makes up for.
   *
   * @param fireTime as above
   * @param cause as above
   * @param notBefore as above
   */
  public Owed(Instant fireTime, Cause cause, Instant notBefore) {
    this(fireTime, cause, notBefore, null);
  }

  /**
   * The same with another turn.
   *
   * @param moment when it comes at the earliest
   * @return the changed value
   */
  public Owed notBefore(Instant moment) {
    return new Owed(fireTime, cause, moment, unless);
  }

  /** Why a fire had no turn at its time. */
  public enum Cause {
    /** No process could give it its fate. */
    MISSED("missed"),
    /** The schedule was paused. */
    PAUSED("paused"),
    /** A job of the schedule was still going on. */
    OVERLAP("overlap");

    private final String text;

    Cause(String text) {
      this.text = text;
    }

    /**
     * The word for it in a ledger.
     *
     * @return for example {@code missed}
     */
    public String text() {
      return text;
    }
  }
}
