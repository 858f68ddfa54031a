package io.schedulerworker.kv.memory;

import io.schedulerworker.kv.memory.StoredText.Whole;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired values from a file, walking round the keys as writes come, a step a second at most.
 *
 * <p>To look at a value is to read the page it is on, with all its neighbours, which may be many megabytes: so one step
 * looks at many, but not at much, and after one that had to read much the next one waits for longer. For readers an
 * expired value is over whether it was removed or not.
 */
final class ExpirySweep {
  private static final int MOST_LOOKS = 200;
  private static final int CHARACTERS_A_SECOND = 1 << 20;

  /** Makes of a key the very next one that there could be. */
  private static final char AFTER = '\0';

  private final Clock clock;
  private @Nullable String from;
  private @Nullable Long nextStep;

  ExpirySweep(Clock clock) {
    this.clock = clock;
  }

  void step(StoredValues values) {
    long now = clock.nanoTime();
    if (nextStep == null || now - nextStep >= 0) {
      // One that fails, over what the disk has damaged, fails only the writes that it came with.
      nextStep = now + Duration.ofSeconds(1).toNanos();
      long seconds = 1 + look(values) / CHARACTERS_A_SECOND;
      nextStep = now + Duration.ofSeconds(seconds).toNanos();
    }
  }

  /**
   * Removes those that have expired among the next keys; at the end of the keys it begins anew with the next step.
   *
   * @return how many characters it looked at
   */
  private long look(StoredValues values) {
    Instant now = clock.now();
    List<String> over = new ArrayList<>();
    Cursor<String, StoredItem> cursor = values.from(from, false);
    long characters = 0;
    for (int i = 0; i < MOST_LOOKS && characters < CHARACTERS_A_SECOND && cursor.hasNext(); i++) {
      String key = cursor.next();
      from = key + AFTER;
      StoredItem item = cursor.getValue();
      boolean isOver = item.isOver(now);
      if (isOver) {
        over.add(key);
      }
      // Pieces are read only when they are removed.
      characters += isOver || item.text() instanceof Whole ? item.text().length() : 0;
    }
    if (!cursor.hasNext()) {
      from = null;
    }
    over.forEach(values::remove);
    return characters;
  }
}
