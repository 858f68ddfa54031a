package io.schedulerworker.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happened, line by line. Lines are put into words only when somebody reads them. */
final class Trace {
  private static final int LONGEST_VALUE = 600;

  private final List<Line> lines = new ArrayList<>();

  private record Line(long time, String who, List<Object> what) {
    String text() {
      StringBuilder text = new StringBuilder(160);
      text.append("%s  %-6s ".formatted(Trace.time(time), who));
      for (Object part : what) {
        String words = String.valueOf(part);
        text.append(words, 0, Math.min(words.length(), LONGEST_VALUE));
      }
      return text.toString();
    }
  }

  /** Minutes, seconds and milliseconds, as in {@code 3:07.250}. */
  static String time(long nanos) {
    long millis = nanos / 1_000_000;
    return "%3d:%02d.%03d".formatted(millis / 60_000, millis / 1000 % 60, millis % 1000);
  }

  void add(long time, String who, Object... what) {
    lines.add(new Line(time, who, Arrays.asList(what)));
  }

  List<String> lines() {
    return lines.stream().map(Line::text).toList();
  }

  int size() {
    return lines.size();
  }
}
