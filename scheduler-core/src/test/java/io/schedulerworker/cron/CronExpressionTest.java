package io.schedulerworker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.ZonedDateTime;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text: what it equals, how it is described, and what is said when it is wrong. */
class CronExpressionTest {
  @Test
  void isEqualByText() {
    CronExpression cron = CronExpression.parse("0 12 * * *");
    assertThat(cron)
        .hasToString("0 12 * * *")
        .isEqualTo(CronExpression.parse("0 12 * * *"))
        .hasSameHashCodeAs(CronExpression.parse("0 12 * * *"))
        .isNotEqualTo(CronExpression.parse("00 12 * * *"))
        .isNotEqualTo("0 12 * * *")
        .isNotEqualTo(null);
    assertThat(cron.hashCode()).isNotEqualTo(CronExpression.parse("0 13 * * *").hashCode());
  }

  @Test
  void needsAText() {
    assertThatNullPointerException().isThrownBy(() -> CronExpression.parse(null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * * *                | Every minute",
        "*/1 0-23 * * *           | Every minute",
        "*/15 * * * *             | Every 15 minutes",
        "0,30 * * * *             | Every 30 minutes",
        "*/15 * * * MON-FRI       | Every 15 minutes, on weekdays Monday to Friday",
        "*/15 9-17 * * 2-6        | Every 15 minutes from 09:00 to 17:45, on weekdays Monday to Friday",
        "* 2 * * *                | Every minute from 02:00 to 02:59",
        "*/20 22-2 * * *          | Every 20 minutes from 22:00 to 02:40",
        "*/10 8,20 * * *          | Every 10 minutes of hours 8 and 20",
        "* */6 * * *              | Every minute of every 6th hour from 0 to 18",
        "*/7 * * * *              | At every 7th minute from 0 to 56 of every hour",
        "5/15 * * * *             | At every 15th minute from 5 to 50 of every hour",
        "*/59 * * * *             | At minutes 0 and 59 of every hour",
        "45 * * * *               | At minute 45 of every hour",
        "5,* * * * *              | At minutes 0 and 5 of every hour",
        "0-12,30,58-59 * * * *    | At minutes 0 to 12, 30, 58 and 59 of every hour",
        "50-10/5 * * * *          | At minutes 0, 5, 10, 50 and 55 of every hour",
        "30 9-17 * * *            | At minute 30 of every hour from 9 to 17",
        "0 */2 * * *              | At minute 0 of every 2nd hour from 0 to 22",
        "0 1/11 * * *             | At 01:00, 12:00 and 23:00",
        "0 */3 * * *              | At minute 0 of every 3rd hour from 0 to 21",
        "1-13/4 1,3,4 * * *       | At every 4th minute from 1 to 13 of hours 1, 3 and 4",
        "0 12 * * *               | At 12:00",
        "05 007 * * *             | At 07:05",
        "*/30 12 * * *            | At 12:00 and 12:30",
        "0,30 9,17 * * *          | At 09:00, 09:30, 17:00 and 17:30",
        "0,1,2 9,17 * * *         | At 09:00, 09:01, 09:02, 17:00, 17:01 and 17:02",
        "0 0 1-7 * *              | At 00:00, on days 1 to 7 of the month",
        "0 0 1,15 * *             | At 00:00, on days 1 and 15 of the month",
        "0 0 31 * *               | At 00:00, on day 31 of the month",
        "0 0 1-31 * *             | At 00:00, on days 1 to 31 of the month",
        "0 0 */2 * *              | At 00:00, on every 2nd day from 1 to 31 of the month",
        "0 0 L * *                | At 00:00, on the last day of the month",
        "0 0 L-1 * *              | At 00:00, 1 day before the last day of the month",
        "0 0 L-3 * *              | At 00:00, 3 days before the last day of the month",
        "0 0 LW * *               | At 00:00, on the last weekday (Monday to Friday) of the month",
        "0 0 L-3W * *             | At 00:00, on the weekday (Monday to Friday) nearest to 3 days before the last day of the month",
        "0 0 15W * *              | At 00:00, on the weekday (Monday to Friday) nearest to day 15 of the month",
        "0 0 * * FRIL             | At 00:00, on the last Friday of the month",
        "0 0 * * L                | At 00:00, on Saturdays",
        "0 0 * * MON#1            | At 00:00, on the first Monday of the month",
        "0 0 * * 1#5              | At 00:00, on the fifth Sunday of the month",
        "0 0 * * SAT-SUN          | At 00:00, on Saturdays and Sundays",
        "0 0 * * FRI-SUN          | At 00:00, on the days Friday to Sunday",
        "0 0 * * MON,WED,FRI      | At 00:00, on Mondays, Wednesdays and Fridays",
        "0 0 * * 1-7              | At 00:00, on any day of the week",
        "0 0 13 * FRI             | At 00:00, on day 13 of the month or on Fridays",
        "0 0 L * FRIL             | At 00:00, on the last day of the month or on the last Friday of the month",
        "0 0 * 3 *                | At 00:00, every day in March",
        "0 0 * JAN-DEC *          | At 00:00",
        "0 0 1 JAN,JUL *          | At 00:00, on day 1 of the month, in January and July",
        "0 0 1 NOV-FEB *          | At 00:00, on day 1 of the month, from November to February",
        "0 0 29 2 *               | At 00:00, on day 29 of the month, in February",
        "0 0 30 2 *               | At 00:00, on day 30 of the month, in February (there is no such day: it never fires)",
        "0 0 30 2 MON             | At 00:00, on day 30 of the month or on Mondays, in February",
      })
  void describes(String expression, String description) {
    assertThat(CronExpression.parse(expression).describe()).isEqualTo(description);
  }

  @Test
  void describesEveryExpression() {
    Random random = new Random(5);
    for (int i = 0; i < 4_000; i++) {
      String expression = Expressions.any(random);
      assertThat(CronExpression.parse(expression).describe())
          .as(expression)
          .matches("(At|Every) [A-Za-z0-9:,() ]+");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 25 * * *         | hour \"25\" at position 3 is out of range, allowed 0-23",
        "60 * * * *         | minute \"60\" at position 1 is out of range, allowed 0-59",
        "5,6,99 * * * *     | minute \"99\" at position 5 is out of range, allowed 0-59",
        "* * 0 * *          | day of month \"0\" at position 5 is out of range, allowed 1-31",
        "* * * 13 *         | month \"13\" at position 7 is out of range, allowed 1-12 or JAN-DEC",
        "* * * * 0          | day of week \"0\" at position 9 is out of range, allowed 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here)",
        "* * * * 8          | day of week \"8\" at position 9 is out of range, allowed 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here)",
        "*/0 * * * *        | minute step \"0\" at position 3 is out of range, allowed 1-59",
        "*/60 * * * *       | minute step \"60\" at position 3 is out of range, allowed 1-59",
        "* * * */12 *       | month step \"12\" at position 9 is out of range, allowed 1-11",
        "* * * * */7        | day of week step \"7\" at position 11 is out of range, allowed 1-6",
        "* * L-31 * *       | day of month offset \"31\" at position 7 is out of range, allowed 1-30",
        "* * * * MON#6      | day of week occurrence \"6\" at position 13 is out of range, allowed 1-5",
        "* 99999999999999999999999 * * * | hour \"99999999999999999999999\" at position 3 is out of range, allowed 0-23",
        "? * * * *          | minute \"?\" at position 1 is not supported, use \"*\", allowed *, values 0-59, ranges, steps and lists of them",
        "* * ? * *          | day of month \"?\" at position 5 is not supported, use \"*\", allowed *, values 1-31, ranges, steps and lists of them, or one of L, L-3, LW, L-3W, 15W",
        "* H * * *          | hour \"H\" at position 3 is not supported, write a number, allowed *, values 0-23, ranges, steps and lists of them",
        "MON * * * *        | minute \"MON\" at position 1 is not a number, allowed *, values 0-59, ranges, steps and lists of them",
        "x * * * *          | minute \"x\" at position 1 is not a number, allowed *, values 0-59, ranges, steps and lists of them",
        "+5 * * * *         | minute \"+5\" at position 1 is not understood, allowed *, values 0-59, ranges, steps and lists of them",
        "5.0,7 * * * *      | minute \".0\" at position 2 is not understood, allowed *, values 0-59, ranges, steps and lists of them",
        "5,,6 * * * *       | minute \",\" at position 3 stands where a value is missing or nothing may follow, allowed *, values 0-59, ranges, steps and lists of them",
        "5, * * * *         | minute at position 3 ends where a value is missing, allowed *, values 0-59, ranges, steps and lists of them",
        "/5 * * * *         | minute \"/5\" at position 1 stands where a value is missing or nothing may follow, allowed *, values 0-59, ranges, steps and lists of them",
        "1-5/2/2 * * * *    | minute \"/2\" at position 6 stands where a value is missing or nothing may follow, allowed *, values 0-59, ranges, steps and lists of them",
        "*,5 * * * *        | minute \",\" at position 2 follows a star, which in first place stands alone or takes a step, allowed *, values 0-59, ranges, steps and lists of them",
        "*-5 * * * *        | minute \"-5\" at position 2 follows a star, which in first place stands alone or takes a step, allowed *, values 0-59, ranges, steps and lists of them",
        "* * * JANUARY *    | month \"JANUARY\" at position 7 is too long for a name, names have three letters, allowed *, values 1-12 or JAN-DEC, ranges, steps and lists of them",
        "* * * foo *        | month \"foo\" at position 7 is not a name, allowed *, values 1-12 or JAN-DEC, ranges, steps and lists of them",
        "* * * F *          | month \"F\" at position 7 is not a name, allowed *, values 1-12 or JAN-DEC, ranges, steps and lists of them",
        "* * * JANL *       | month \"L\" at position 10 is for the two day fields only, allowed *, values 1-12 or JAN-DEC, ranges, steps and lists of them",
        "* L * * *          | hour \"L\" at position 3 is for the two day fields only, allowed *, values 0-23, ranges, steps and lists of them",
        "* * * * MON,SUNDAY | day of week \"SUNDAY\" at position 13 is too long for a name, names have three letters, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * * * fril       | day of week \"l\" at position 12 does not fit here, L and W are upper case, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * * * 2L,3       | day of week \"L\" at position 10 takes no list, range or step, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * * * 2#1,3      | day of week \",\" at position 12 stands where a value is missing or nothing may follow, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * * * LW         | day of week \"LW\" at position 9 is not a name, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * 15w * *        | day of month \"w\" at position 7 does not fit here, L and W are upper case, allowed *, values 1-31, ranges, steps and lists of them, or one of L, L-3, LW, L-3W, 15W",
        "* * 1,15W * *      | day of month \"W\" at position 9 takes no list, range or step, allowed *, values 1-31, ranges, steps and lists of them, or one of L, L-3, LW, L-3W, 15W",
        "* * LW-3 * *       | day of month \"W-3\" at position 6 takes no list, range or step, allowed *, values 1-31, ranges, steps and lists of them, or one of L, L-3, LW, L-3W, 15W",
        "* * 2#1 * *        | day of month \"#1\" at position 6 is for the day of week only, allowed *, values 1-31, ranges, steps and lists of them, or one of L, L-3, LW, L-3W, 15W",
        "* * * * 6W         | day of week \"W\" at position 10 is for the day of month only, allowed *, values 1-7 or SUN-SAT (1 is Sunday and 7 is Saturday here), ranges, steps and lists of them, or one of L, 6L, 6#3",
        "* * * *            | day of week is missing at position 8, expected exactly five fields: minute hour day-of-month month day-of-week",
        "*                  | hour is missing at position 2, expected exactly five fields: minute hour day-of-month month day-of-week",
        "0 0 * * * *        | a sixth field begins at position 11, expected exactly five fields: minute hour day-of-month month day-of-week, no seconds and no year",
        "0 0 * * * * 2026   | a sixth field begins at position 11, expected exactly five fields: minute hour day-of-month month day-of-week, no seconds and no year",
        "@daily             | \"@daily\" at position 1 is a macro, which is not supported, write \"0 0 * * *\", expected exactly five fields: minute hour day-of-month month day-of-week",
        "@weekly            | \"@weekly\" at position 1 is a macro, which is not supported, write \"0 0 * * SUN\", expected exactly five fields: minute hour day-of-month month day-of-week",
        "@reboot            | \"@reboot\" at position 1 is a macro, which is not supported, expected exactly five fields: minute hour day-of-month month day-of-week",
      })
  void saysWhatIsWrong(String expression, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronExpression.parse(expression))
        .withMessage("cron \"" + expression + "\": " + problem);
  }

  @Test
  void saysWhatIsWrongWithBlanksAndForeignCharacters() {
    String expected = ", expected exactly five fields: minute hour day-of-month month day-of-week";
    assertProblem("", "\"\": is empty" + expected);
    assertProblem(" * *", "\" * *\": leading blank at position 1 is not allowed" + expected);
    assertProblem("* *\t", "\"* *\\t\": trailing blank at position 4 is not allowed" + expected);
    String blanks = " is not allowed, only spaces and tabs separate fields";
    assertProblem("*\n* * * *", "\"*\\n* * * *\": minute \"\\n\" at position 2" + blanks);
    assertProblem("* *\r", "\"* *\\r\": hour \"\\r\" at position 4" + blanks);
    String ascii = " is not allowed, only plain ASCII characters are";
    assertProblem("* \u0665 * * *", "\"* \\u0665 * * *\": hour \"\\u0665\" at position 3" + ascii);
    assertProblem(
        "* * * * *\u00a0", "\"* * * * *\\u00a0\": day of week \"\\u00a0\" at position 10" + ascii);
    assertProblem("\u007f", "\"\\u007f\": minute \"\\u007f\" at position 1" + ascii);
    assertProblem("\"\\ * * * *", "\"\\\"\\\\ * * * *\": minute \"\\\"\\\\\" at position 1 is not");
  }

  private static void assertProblem(String expression, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronExpression.parse(expression))
        .withMessageStartingWith("cron " + problem);
  }

  @Property(tries = 2_000)
  void anyMessageIsOneShortLineOfAscii(@ForAll String text) {
    assertReadable(catchThrowable(() -> CronExpression.parse(text)));
  }

  @Test
  void theLongestMessageIsOneShortLineToo() {
    assertReadable(catchThrowable(() -> CronExpression.parse("@" + "\u0000".repeat(1_000))));
  }

  @Test
  void everyMessageIsOneShortLineOfAscii() {
    Random random = new Random(11);
    for (int i = 0; i < 4_000; i++) {
      String text = Expressions.noise(random) + (char) random.nextInt(0x10000);
      assertReadable(catchThrowable(() -> CronExpression.parse(text)));
      String damaged = Expressions.damaged(random, Expressions.any(random));
      assertReadable(catchThrowable(() -> CronExpression.parse(damaged)));
    }
  }

  private static void assertReadable(Throwable thrown) {
    if (thrown != null) {
      assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
      assertThat(thrown.getMessage()).matches("[ -~]{20,400}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5,", "0", "*", "9", "/", "5-", "x", "*/5,", "* ", "\n", "\u0665", "L", "@"})
  @Timeout(60) // ten times a slow machine; a quadratic reader would take hours
  void aMegabyteIsReadAtOnce(String part) {
    String many = part.repeat(1_000_000 / part.length());
    for (String text :
        new String[] {many, many + "5 * * * *", "* * " + many + "1 * *", "* * * * " + many + "1"}) {
      assertReadable(catchThrowable(() -> CronExpression.parse(text)));
    }
  }

  @Test
  void aMegabyteListIsValid() {
    CronExpression cron = CronExpression.parse("5,".repeat(500_000) + "7 0000000012 * * *");
    ZonedDateTime moment = ZonedDateTime.parse("2025-08-14T12:05:00Z");
    assertThat(cron.nextAfter(moment)).contains(moment.plusMinutes(2));
    assertThat(cron.describe()).isEqualTo("At 12:05 and 12:07");
  }

  @Test
  void quotesAtMostSixtyCharacters() {
    String digits = "9".repeat(60);
    assertProblem(digits + " * * * *", "\"" + digits + "...\": minute \"" + digits + "\" at");
    assertProblem(digits + "9 * * * *", "\"" + digits + "...\": minute \"" + digits + "...\" at");
  }
}
