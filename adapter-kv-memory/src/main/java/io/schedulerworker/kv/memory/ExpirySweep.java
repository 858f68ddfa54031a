package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired values from a file, walking round the keys as writes come, a step a second at most.
 *
 * <p>To look at a value is to read the page it is on, with all its neighbours, which may be many megabytes: so one step
 * looks at many, but not at much. For readers an expired value is over whether it was removed or not.
 */
final class ExpirySweep {
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_LOOKS = 200;
  private static final int MOST_CHARACTERS = 4 << 20;

  /** Makes of a key the very next one that there could be. */
  private static final char AFTER = '\0';

  private final Clock clock;
  private @Nullable String from;
  private @Nullable Long lastStep;

  ExpirySweep(Clock clock) {
    this.clock = clock;
  }

  void step(MVMap<String, StoredItem> map) {
    long now = clock.nanoTime();
    if (lastStep == null || now - lastStep >= PAUSE_NANOS) {
      lastStep = now;
      over(map).forEach(map::remove);
    }
  }

  /** Those that have expired among the next keys; at the end of the keys it begins anew with the next step. */
  private List<String> over(MVMap<String, StoredItem> map) {
    Instant now = clock.now();
    List<String> over = new ArrayList<>();
    Cursor<String, StoredItem> cursor = map.cursor(from);
    long characters = 0;
    for (int i = 0; i < MOST_LOOKS && characters < MOST_CHARACTERS; i++) {
      if (!cursor.hasNext()) {
        from = null;
        return over;
      }
      String key = cursor.next();
      from = key + AFTER;
      characters += cursor.getValue().value().length();
      if (cursor.getValue().isOver(now)) {
        over.add(key);
      }
    }
    return over;
  }
}
