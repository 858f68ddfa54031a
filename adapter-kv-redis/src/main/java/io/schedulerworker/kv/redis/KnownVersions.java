package io.schedulerworker.kv.redis;

import io.schedulerworker.port.Version;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Versions of values as they are read. The digest of a large value takes as long as its way from the server, and what is large,
 * as the registry, is read again and again and seldom changes: so the last few are kept, as long as there is memory for them,
 * and one that is the same, byte for byte, is not digested again. Thread-safe.
 */
final class KnownVersions {
  private static final int LEAST_BYTES = 16 << 10;
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_VALUES = 32;

  private final Map<String, SoftReference<Known>> known = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, SoftReference<Known>> eldest) {
      return size() > MOST_VALUES;
    }
  };

  private static final class Known {
    private final byte[] value;
    private final Version version;

    Known(byte[] value, Version version) {
      this.value = value;
      this.version = version;
    }
  }

  /** The version; the value must not change any more. */
  Version of(String key, byte[] value) {
    if (value.length < LEAST_BYTES || value.length > MOST_BYTES) {
      return ValueVersion.of(value);
    }
    Known last = last(key);
    if (last != null && Arrays.equals(last.value, value)) {
      return last.version;
    }
    Version version = ValueVersion.of(value);
    keep(key, new Known(value, version));
    return version;
  }

  private synchronized @Nullable Known last(String key) {
    SoftReference<Known> last = known.get(key);
    return last == null ? null : last.get();
  }

  private synchronized void keep(String key, Known now) {
    known.put(key, new SoftReference<>(now));
  }
}
