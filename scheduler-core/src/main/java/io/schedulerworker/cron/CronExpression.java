package io.schedulerworker.cron;

import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A cron expression in the dialect of Cloudflare Workers Cron Triggers: five fields, minute, hour,
 * day of month, month and day of week, where 1 is Sunday.
 *
 * <pre>{@code
 * CronExpression cron = CronExpression.parse("30 9 * * MON-FRI");
 * Optional<ZonedDateTime> next = cron.nextAfter(ZonedDateTime.now());
 * }</pre>
 *
 * <p>A fire time is the beginning of a minute on the clock of a time zone. What happens when that
 * clock is changed depends on the minute and hour fields:
 *
 * <ul>
 *   <li>If neither holds a star or a step, the expression means local times ("at half past two").
 *       Each fires once: in the first pass if it is repeated, and at the end of the gap if it is
 *       skipped. Several skipped in one gap are one fire time.
 *   <li>Every other expression means the passing of time ("every 15 minutes"). It fires in each
 *       matching minute that the clock shows, in both passes of a repeated part and never in a gap.
 * </ul>
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class CronExpression {
  private final String text;
  private final CronFields fields;

  private CronExpression(String text, CronFields fields) {
    this.text = text;
    this.fields = fields;
  }

  /**
   * Reads an expression.
   *
   * @param expression exactly five fields, with spaces or tabs between them and nothing around them
   * @return the expression
   * @throws IllegalArgumentException if the text is not in the dialect; its message is one line
   *     made to be shown to the person who wrote the text
   */
  public static CronExpression parse(String expression) {
    return new CronExpression(expression, new ExpressionParser(expression).parse());
  }

  /**
   * Finds the first fire time strictly after a moment, in that moment's time zone.
   *
   * @param after the moment, to the nanosecond, in either pass of a repeated part of the clock
   * @return the next fire time, or empty if the expression never fires again
   */
  public Optional<ZonedDateTime> nextAfter(ZonedDateTime after) {
    return Optional.ofNullable(search(after).nextAfter(after));
  }

  /**
   * Tells whether the minute of a moment is a fire time, in that moment's time zone.
   *
   * @param moment any moment of the minute
   * @return true exactly for the minutes that {@link #nextAfter} can return
   */
  public boolean matches(ZonedDateTime moment) {
    return search(moment).matches(moment);
  }

  /**
   * Says in plain English when the expression fires.
   *
   * @return a phrase such as {@code At 00:00, on the last Friday of the month}
   */
  public String describe() {
    return new Description(fields).text();
  }

  /** One search, for tests that watch what it costs. */
  ZonedSearch search(ZonedDateTime from) {
    return new ZonedSearch(fields, from);
  }

  /**
   * Compares the texts: two ways to write the same schedule are not equal.
   *
   * @param other any object
   * @return whether it is an expression of the same text
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof CronExpression that && text.equals(that.text);
  }

  /** The hash code of the text. */
  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
