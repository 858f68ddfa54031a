package io.schedulerworker.cron;

/** Reads numbers, names and marks off one field, and says where it could not. */
final class FieldReader {
  /** Above any value of the dialect; a number of any length stays here and cannot overflow. */
  private static final int HUGE = 1_000_000;

  private final String text;
  private final Field field;
  private final int end;
  private int position;

  FieldReader(String text, Field field, int start, int end) {
    this.text = text;
    this.field = field;
    this.position = start;
    this.end = end;
  }

  /** Another reader at the same place, to look ahead with. */
  FieldReader copy() {
    return new FieldReader(text, field, position, end);
  }

  Field field() {
    return field;
  }

  boolean holdsStarOrStep() {
    for (int i = position; i < end; i++) {
      if (text.charAt(i) == '*' || text.charAt(i) == '/') {
        return true;
      }
    }
    return false;
  }

  boolean atEnd() {
    return position == end;
  }

  boolean at(char mark) {
    return position < end && text.charAt(position) == mark;
  }

  boolean atDigit() {
    return position < end && isDigit(text.charAt(position));
  }

  private boolean atLetter() {
    return position < end && isLetter(text.charAt(position));
  }

  boolean take(char mark) {
    if (!at(mark)) {
      return false;
    }
    position++;
    return true;
  }

  /** Takes the mark only if nothing follows it. */
  boolean takeLast(char mark) {
    return position + 1 == end && take(mark);
  }

  void expectEnd() {
    if (!atEnd()) {
      throw unexpected();
    }
  }

  /** A value of the field, by number or by name. */
  int value() {
    return field.hasNames() && atLetter()
        ? name()
        : number("", field.min, field.max, field.allowedValues());
  }

  int step() {
    return number(" step", 1, field.maxStep());
  }

  /** A number that is not a value of the field; what it is comes after the field's label. */
  int number(String what, int min, int max) {
    return number(what, min, max, min + "-" + max);
  }

  private int number(String what, int min, int max, String allowed) {
    if (!atDigit()) {
      throw unexpected();
    }
    int start = position;
    int number = 0;
    while (atDigit()) {
      number = Math.min(number * 10 + text.charAt(position) - '0', HUGE);
      position++;
    }
    if (number < min || max < number) {
      String label = field.label + what;
      throw error(label, start, position, "is out of range, allowed " + allowed);
    }
    return number;
  }

  private int name() {
    int start = position;
    int afterName = Math.min(start + Field.NAME_LENGTH, end);
    int value = field.valueOfName(text.substring(start, afterName));
    if (value < 0) {
      throw unexpected();
    }
    position = afterName;
    if (atLetter() && !at('L') && !at('l')) {
      throw error(
          field.label,
          start,
          endOfElement(start),
          "is too long for a name, names have three letters, allowed " + field.allowedForms());
    }
    return value;
  }

  /** What stands here fits no rule of the field. */
  IllegalArgumentException unexpected() {
    return unexpected(Hint.about(text.substring(position, endOfBadText()), field));
  }

  /** What stands here fits no rule of the field, for the given reason. */
  IllegalArgumentException unexpected(String reason) {
    String allowed = ", allowed " + field.allowedForms();
    return error(field.label, position, endOfBadText(), reason + allowed);
  }

  /** A comma that is itself the fault is quoted, else the text ends before it. */
  private int endOfBadText() {
    return at(',') ? position + 1 : endOfElement(position);
  }

  private int endOfElement(int start) {
    int comma = text.indexOf(',', start);
    return comma < 0 || comma > end ? end : comma;
  }

  private IllegalArgumentException error(String label, int start, int stop, String reason) {
    String bad = start == stop ? "" : " " + SyntaxError.quote(text.substring(start, stop));
    return SyntaxError.of(text, label + bad + SyntaxError.at(start) + " " + reason);
  }

  static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }

  static boolean isLetter(char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  }
}
