package io.schedulerworker.app;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows whose cells stand below each other. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** One more; each has as many cells as the first. */
  void add(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Prints the rows, no line longer than this. */
  void print(PrintWriter out, int width) {
    List<Integer> widths = widths();
    rows.forEach(row -> out.println(cut(line(row, widths), width)));
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return widths;
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths.get(column) - cell.length())).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  /** A text that fits, with an ellipsis where some is left out. */
  static String cut(String text, int width) {
    int length = text.codePointCount(0, text.length());
    return length <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }
}
