package io.schedulerworker.app.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * On which line of a TOML document each key stands, which Jackson does not tell. For documents that Jackson has read:
 * what is no TOML is not found out here. Keys within inline tables have the line of the table. See toml.io, version 1.0.
 */
final class TomlLines {
  private final Map<List<String>, Integer> lines = new HashMap<>();
  private final Map<List<String>, Integer> lastOfArray = new HashMap<>();
  private final TomlScanner scanner;
  private List<String> table = List.of();

  private TomlLines(String text) {
    scanner = new TomlScanner(text);
  }

  static TomlLines of(String text) {
    TomlLines lines = new TomlLines(text);
    while (lines.scanner.toNextStatement()) {
      lines.statement();
    }
    return lines;
  }

  private void statement() {
    int line = scanner.line();
    if (!scanner.skip('[')) {
      note(join(table, scanner.key()), line);
      scanner.skipValue();
      return;
    }
    boolean array = scanner.skip('[');
    List<String> path = scanner.key();
    table = array ? nextOf(path) : elements(path);
    note(table, line);
    scanner.skipLine();
  }

  private List<String> nextOf(List<String> path) {
    List<String> array = join(
        elements(path.subList(0, path.size() - 1)), path.subList(path.size() - 1, path.size()));
    int index = lastOfArray.merge(array, 0, (last, none) -> last + 1);
    return join(array, List.of(Integer.toString(index)));
  }

  /** A path in the way of the document's tree: the last element of each list that it leads through. */
  private List<String> elements(List<String> path) {
    List<String> found = new ArrayList<>();
    for (String key : path) {
      found.add(key);
      Integer last = lastOfArray.get(found);
      if (last != null) {
        found.add(last.toString());
      }
    }
    return found;
  }

  private void note(List<String> path, int line) {
    lines.putIfAbsent(List.copyOf(path), line);
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /**
   * The line of a key, or of what it is in.
   *
   * @param path keys, and for lists places from 0
   * @return from 1
   */
  int line(List<String> path) {
    for (int length = path.size(); length > 0; length--) {
      Integer line = lines.get(path.subList(0, length));
      if (line != null) {
        return line;
      }
    }
    return 1;
  }
}
