package io.schedulerworker.app;

/** What must hold whatever is put in. */
final class Fuzzing {
  private Fuzzing() {}

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** For a person, on a line of its own. */
  static void checkLine(String text) {
    check(
        text.codePoints().allMatch(each -> switch (Character.getType(each)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR -> false;
          default -> true;
        }),
        "not one line: " + text);
    check(text.length() < 10_000, "an endless line");
  }
}
