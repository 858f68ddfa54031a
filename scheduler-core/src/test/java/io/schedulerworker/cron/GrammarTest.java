package io.schedulerworker.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted and what is not, against the published grammar written out as one pattern. */
class GrammarTest {
  private static final String BLANKS = "[ \t]+";
  private static final String DAYS = "(?:0*(?:[1-9]|[12][0-9]|3[01]))";
  private static final String OFFSET = "(?:0*(?:[1-9]|[12][0-9]|30))";
  private static final String WEEKDAYS = "(?:0*[1-7]|(?i:SUN|MON|TUE|WED|THU|FRI|SAT))";
  private static final String MONTHS =
      "(?:0*(?:[1-9]|1[0-2])|(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))";

  private static final Pattern GRAMMAR =
      Pattern.compile(values("(?:0*[1-5]?[0-9])", "(?:0*(?:[1-9]|[1-5][0-9]))")
          + BLANKS
          + values("(?:0*(?:1?[0-9]|2[0-3]))", "(?:0*(?:[1-9]|1[0-9]|2[0-3]))")
          + BLANKS
          + ("(?:" + values(DAYS, OFFSET) + "|LW?|L-" + OFFSET + "W?|" + DAYS + "W)")
          + BLANKS
          + values(MONTHS, "(?:0*(?:[1-9]|1[01]))")
          + BLANKS
          + ("(?:" + values(WEEKDAYS, "(?:0*[1-6])") + "|L|" + WEEKDAYS)
          + ("L|" + WEEKDAYS + "#0*[1-5])"));

  private static String values(String value, String step) {
    String first = value + "(?:-" + value + ")?(?:/" + step + ")?|\\*/" + step;
    String later = first + "|\\*(?:-" + value + "(?:/" + step + ")?)?";
    return "(?:\\*|(?:" + first + ")(?:,(?:" + later + "))*)";
  }

  private static boolean isAccepted(String text) {
    try {
      CronExpression.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void assertAgreement(String text) {
    boolean expected = GRAMMAR.matcher(text).matches();
    if (isAccepted(text) != expected) { // hundreds of thousands of times, so no assertThat
      throw new AssertionError("accepted should be " + expected + ": \"" + text + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s 0 1 1 2", "0 %s 1 1 2", "0 0 %s 1 2", "0 0 1 %s 2", "0 0 1 1 %s"})
  void agreesOnEveryShortField(String expression) {
    String alphabet = "0237*,-/LW#";
    int[] digits = new int[4];
    for (int length = 0; length <= digits.length; length++) {
      int count = (int) Math.pow(alphabet.length(), length);
      for (int number = 0; number < count; number++) {
        StringBuilder field = new StringBuilder();
        for (int rest = number, i = 0; i < length; i++, rest /= alphabet.length()) {
          field.append(alphabet.charAt(rest % alphabet.length()));
        }
        assertAgreement(String.format(expression, field));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s * * * *", "* %s * * *", "* * %s * *", "* * * %s *", "* * * * %s"})
  void agreesOnEveryNumber(String expression) {
    for (int number = 0; number <= 101; number++) {
      for (String form : new String[] {
        "%d", "0%d", "%d-1", "1-%d", "*/%d", "1/%d", "1-2/%d", "1,*-%d", "%dW", "L-%d", "L-%dW",
        "%dL", "%d#1", "1#%d", "%d,", "-%d", "%d/", "%d-"
      }) {
        assertAgreement(String.format(expression, String.format(form, number)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s * * * *", "* * %s * *", "* * * %s *", "* * * * %s"})
  void agreesOnEveryWordOfThreeLetters(String expression) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int number = 0; number < 26 * 26 * 26; number++) {
      char first = letters.charAt(number / 26 / 26);
      char second = letters.charAt(number / 26 % 26);
      char third = Character.toLowerCase(letters.charAt(number % 26));
      assertAgreement(String.format(expression, "" + first + second + third));
    }
  }

  @Test
  void agreesOnRandomText() {
    Random random = new Random(1);
    for (int i = 0; i < 15_000; i++) {
      String valid = Expressions.any(random);
      assertThat(isAccepted(valid)).as(valid).isTrue();
      assertAgreement(valid);
      assertAgreement(Expressions.damaged(random, valid));
      assertAgreement(Expressions.noise(random));
    }
  }

  @Property(tries = 5_000)
  void agreesOnAnyText(@ForAll("texts") String text) {
    assertAgreement(text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> valid = Arbitraries.randomValue(Expressions::any);
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.strings().withChars(Expressions.ALPHABET.toCharArray()).ofMaxLength(40),
        valid,
        Arbitraries.randomValue(random -> Expressions.damaged(random, Expressions.any(random))));
  }
}
