package io.schedulerworker.app;

import io.schedulerworker.cron.CronExpression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Cron expressions. */
public final class CronFuzz {
  private static final ZonedDateTime START =
      Instant.parse("2025-03-29T23:17:00Z").atZone(ZoneId.of("Europe/Berlin"));

  private CronFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) {
    CronExpression expression;
    try {
      expression = CronExpression.parse(new String(input, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      Fuzzing.checkLine(String.valueOf(e.getMessage()));
      return;
    }
    Fuzzing.checkLine(expression.describe());
    ZonedDateTime last = START;
    for (int i = 0; i < 5; i++) {
      Optional<ZonedDateTime> next = expression.nextAfter(last);
      if (next.isEmpty()) {
        return;
      }
      Fuzzing.check(next.get().isAfter(last), "not after");
      Fuzzing.check(expression.matches(next.get()) || isMoved(next.get()), "no match");
      last = next.get();
    }
  }

  /** A time that the clock leaps over is made up for right after the leap. */
  private static boolean isMoved(ZonedDateTime time) {
    return time.getZone()
        .getRules()
        .previousTransition(time.toInstant().plusSeconds(1))
        .getInstant()
        .equals(time.toInstant());
  }
}
