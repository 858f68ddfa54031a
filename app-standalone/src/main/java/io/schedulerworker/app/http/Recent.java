package io.schedulerworker.app.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for longest once it is full. Not thread-safe. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private static final float LOAD_FACTOR = 0.75f;

  private final int most;

  Recent(int most) {
    super(16, LOAD_FACTOR, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
