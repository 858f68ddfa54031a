package io.schedulerworker.app.settings;

import io.schedulerworker.model.Texts;
import java.util.Collection;
import java.util.Comparator;

/** Guesses what somebody meant. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /**
   * What to put at the end of a message.
   *
   * @param wrong what was written
   * @param names those that there are
   * @return {@code ; did you mean "port"?}, or nothing if no name is near
   */
  public static String hint(String wrong, Collection<String> names) {
    if (wrong.length() > LONGEST) {
      return "";
    }
    int most = wrong.length() < 4 ? 1 : Math.max(2, wrong.length() / 3);
    return names.stream()
        .filter(name -> distance(wrong, name) <= most)
        .min(Comparator.comparingInt(name -> distance(wrong, name)))
        .map(name -> "; did you mean " + Texts.quote(name) + "?")
        .orElse("");
  }

  /** Levenshtein's distance, by the two rows of Wagner and Fischer (J. ACM 21, 1974). */
  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[to.length()];
  }
}
