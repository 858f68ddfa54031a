package io.schedulerworker.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.time.Instant;

/** Instants as ISO-8601. A record has the same one thousands of times in a row, and to format it takes long. */
final class InstantText {
  private static volatile Formatted last = formatted(Instant.EPOCH);

  private InstantText() {}

  static SerializableString of(Instant instant) {
    Formatted known = last;
    if (!known.instant().equals(instant)) {
      known = formatted(instant);
      last = known;
    }
    return known.text();
  }

  private static Formatted formatted(Instant instant) {
    return new Formatted(instant, new SerializedString(instant.toString()));
  }

  private record Formatted(Instant instant, SerializableString text) {}
}
