package io.schedulerworker.json;

import java.time.Instant;

/** Instants as ISO-8601. A record has the same one thousands of times in a row, and to format it takes long. */
final class InstantText {
  private static volatile Formatted last = new Formatted(Instant.EPOCH, Instant.EPOCH.toString());

  private InstantText() {}

  static String of(Instant instant) {
    Formatted known = last;
    if (!known.instant().equals(instant)) {
      known = new Formatted(instant, instant.toString());
      last = known;
    }
    return known.text();
  }

  private record Formatted(Instant instant, String text) {}
}
