package io.schedulerworker.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a whole expression: cuts it into its five fields and has each of them read. */
final class ExpressionParser {
  private static final String EXPECTED = ", expected exactly five fields: " + Field.ORDER;
  private static final String NO_SIXTH = ", no seconds and no year";
  private static final Map<String, String> MACROS = Map.of(
      "@yearly", "0 0 1 1 *",
      "@annually", "0 0 1 1 *",
      "@monthly", "0 0 1 * *",
      "@weekly", "0 0 * * SUN",
      "@daily", "0 0 * * *",
      "@midnight", "0 0 * * *",
      "@hourly", "0 * * * *");

  private final String text;
  private final List<FieldReader> fields = new ArrayList<>(Field.COUNT);

  ExpressionParser(String text) {
    this.text = text;
  }

  CronFields parse() {
    rejectMacro();
    rejectOuterBlanks();
    cutIntoFields();
    return meaning(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4));
  }

  private static CronFields meaning(
      FieldReader minute,
      FieldReader hour,
      FieldReader dayOfMonth,
      FieldReader month,
      FieldReader dayOfWeek) {
    boolean fixed = !minute.holdsStarOrStep() && !hour.holdsStarOrStep();
    long minutes = new ValueParser(minute).parse();
    int hours = (int) new ValueParser(hour).parse();
    DayRule daysOfMonth = DayParser.daysOfMonth(dayOfMonth);
    int months = (int) new ValueParser(month).parse();
    DayRule daysOfWeek = DayParser.daysOfWeek(dayOfWeek);
    return new CronFields(minutes, hours, DayRule.of(daysOfMonth, daysOfWeek), months, fixed);
  }

  private void rejectMacro() {
    if (!text.startsWith("@")) {
      return;
    }
    String sameThing = MACROS.get(text);
    String hint = sameThing == null ? "" : ", write \"" + sameThing + "\"";
    throw error(SyntaxError.quote(text) + " at position 1 is a macro, which is not supported" + hint
        + EXPECTED);
  }

  private void rejectOuterBlanks() {
    if (text.isEmpty()) {
      throw error("is empty" + EXPECTED);
    }
    if (isBlank(text.charAt(0))) {
      throw error("leading blank at position 1 is not allowed" + EXPECTED);
    }
    int last = text.length() - 1;
    if (isBlank(text.charAt(last))) {
      throw error("trailing blank" + SyntaxError.at(last) + " is not allowed" + EXPECTED);
    }
  }

  private void cutIntoFields() {
    int position = 0;
    while (position < text.length()) {
      if (fields.size() == Field.COUNT) {
        throw error("a sixth field begins" + SyntaxError.at(position) + EXPECTED + NO_SIXTH);
      }
      Field field = Field.at(fields.size());
      int end = endOfField(position, field);
      fields.add(new FieldReader(text, field, position, end));
      position = skipBlanks(end);
    }
    if (fields.size() < Field.COUNT) {
      Field missing = Field.at(fields.size());
      throw error(missing.label + " is missing" + SyntaxError.at(position) + EXPECTED);
    }
  }

  private int endOfField(int start, Field field) {
    int end = start;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      if (!SyntaxError.isPlain(text.charAt(end))) {
        throw foreignCharacter(end, field);
      }
      end++;
    }
    return end;
  }

  private int skipBlanks(int start) {
    int position = start;
    while (position < text.length() && isBlank(text.charAt(position))) {
      position++;
    }
    return position;
  }

  private IllegalArgumentException foreignCharacter(int position, Field field) {
    char c = text.charAt(position);
    String reason = c < ' '
        ? " is not allowed, only spaces and tabs separate fields"
        : " is not allowed, only plain ASCII characters are";
    return error(field.label + " " + SyntaxError.quote(String.valueOf(c)) + SyntaxError.at(position)
        + reason);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private IllegalArgumentException error(String problem) {
    return SyntaxError.of(text, problem);
  }
}
