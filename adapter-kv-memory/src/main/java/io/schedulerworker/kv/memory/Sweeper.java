package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;

/**
 * Removes expired items a few at a time, walking round the map as writes come: without a thread, no write waits for more
 * than a few looks, and what expired never weighs much more than what lives.
 */
final class Sweeper {
  private static final int LOOKS = 4;

  private final ConcurrentNavigableMap<String, Item> items;
  private final Clock clock;

  /** The last key looked at. Threads that sweep at once may look twice at one, which does no harm. */
  private volatile String position = "";

  Sweeper(ConcurrentNavigableMap<String, Item> items, Clock clock) {
    this.items = items;
    this.clock = clock;
  }

  void step() {
    String last = position;
    int looks = 0;
    for (Map.Entry<String, Item> entry : items.tailMap(last, false).entrySet()) {
      if (looks == LOOKS) {
        position = last;
        return;
      }
      looks++;
      last = entry.getKey();
      removeIfOver(last, entry.getValue());
    }
    position = "";
  }

  /** Tells whether an item is over and removes it, so that nothing can come of it any more. */
  boolean removeIfOver(String key, Item item) {
    boolean over = item.isOver(clock);
    if (over) {
      items.remove(key, item);
    }
    return over;
  }
}
