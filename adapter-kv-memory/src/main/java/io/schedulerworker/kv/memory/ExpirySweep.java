package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired values from a file a few at a time, walking round the keys as writes come.
 *
 * <p>To look at a value is to read it, which for one of many megabytes costs more than the write that it goes with. So
 * the ends of large ones are remembered. One that has been replaced meanwhile may have an earlier end and be removed
 * late; for readers it is over all the same.
 */
final class ExpirySweep {
  private static final int LOOKS = 4;
  private static final int LARGE = 1 << 16;
  private static final int MOST_REMEMBERED = 10_000;

  private final Clock clock;
  private final Map<String, Long> endsOfLarge = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_REMEMBERED;
    }
  };
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
      if (endsOfLarge.getOrDefault(position, Long.MIN_VALUE) <= now.toEpochMilli()) {
        look(map, position, now);
      }
    }
  }

  private void look(MVMap<String, StoredItem> map, String key, Instant now) {
    StoredItem item = map.get(key);
    endsOfLarge.remove(key);
    if (item != null && item.isOver(now)) {
      map.remove(key);
    } else if (item != null && item.value().length() >= LARGE) {
      endsOfLarge.put(key, item.endMillis());
    }
  }
}
