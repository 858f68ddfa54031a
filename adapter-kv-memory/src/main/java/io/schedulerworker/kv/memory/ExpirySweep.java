package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import java.time.Instant;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** Removes expired values from a file a few at a time, walking round the keys as writes come. */
final class ExpirySweep {
  private static final int LOOKS = 4;

  private final Clock clock;
  private @Nullable String position;

  ExpirySweep(Clock clock) {
    this.clock = clock;
  }

  void step(MVMap<String, StoredItem> map) {
    Instant now = clock.now();
    for (int i = 0; i < LOOKS; i++) {
      position = position == null ? map.firstKey() : map.higherKey(position);
      if (position == null) {
        return;
      }
      StoredItem item = map.get(position);
      if (item != null && item.isOver(now)) {
        map.remove(position);
      }
    }
  }
}
