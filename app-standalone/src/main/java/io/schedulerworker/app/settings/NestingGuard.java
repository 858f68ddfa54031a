package io.schedulerworker.app.settings;

import java.util.Optional;

/** Keeps documents away from the parser that would exhaust its stack. */
final class NestingGuard {
  private NestingGuard() {}

  /**
   * Finds the line with the first bracket that is too deep. Brackets in texts and comments count too: nobody has a
   * hundred of them open.
   */
  static Optional<Integer> tooDeep(String text, int most) {
    int open = 0;
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\n' -> line++;
        case '[', '{' -> open++;
        case ']', '}' -> open = Math.max(0, open - 1);
        default -> {}
      }
      if (open > most) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }
}
