package io.schedulerworker.port;

import java.util.List;
import java.util.stream.Stream;

/**
 * A text that is shown nowhere, and how to know it where others repeat it. Immutable.
 *
 * @param exact as it is
 * @param plain as {@link PlainText} has it; its own codes may be meant as they are, or be resolved by whoever repeats it
 */
record HiddenText(Form exact, List<Form> plain) {
  /** What is shorter stands in too many texts that are no secrets. */
  private static final int SHORTEST = 3;

  /** Less of a long one is of no use to anybody. */
  private static final int TELLING = 8;

  /**
   * One way to write it.
   *
   * @param telling from which length on its beginning is hidden too
   */
  record Form(String text, int telling) {
    /** Shows nothing of it. */
    @Override
    public String toString() {
      return "Form[***]";
    }
  }

  /** Each once, also without base64's padding, but none that is too short to be hidden. */
  static List<HiddenText> all(String... texts) {
    return Stream.of(texts)
        .flatMap(text -> Stream.of(text, text.replaceFirst("=+$", "")))
        .filter(HiddenText::isLong)
        .distinct()
        .map(HiddenText::of)
        .toList();
  }

  private static boolean isLong(String text) {
    return text.length() >= SHORTEST;
  }

  private static HiddenText of(String text) {
    String trimmed = text.strip();
    List<Form> plain = Stream.of(PlainText.of(trimmed), PlainText.unresolved(trimmed))
        .filter(each -> isLong(each.toString()))
        .map(each -> new Form(each.toString(), telling(each, telling(trimmed))))
        .distinct()
        .toList();
    return new HiddenText(new Form(text, telling(text)), plain);
  }

  private static int telling(String text) {
    return Math.max(SHORTEST, Math.min(TELLING, text.length() / 2));
  }

  /** How many plain characters may stand for so many written ones. */
  private static int telling(PlainText plain, int written) {
    int length = SHORTEST;
    while (length < plain.length() && plain.begin(length) < written) {
      length++;
    }
    return length;
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "HiddenText[***]";
  }
}
