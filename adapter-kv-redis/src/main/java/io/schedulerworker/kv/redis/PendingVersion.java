package io.schedulerworker.kv.redis;

import io.schedulerworker.port.Version;
import org.jspecify.annotations.Nullable;

/** The version of a value on its way: worked out while the server is at it. For one thread. */
final class PendingVersion {
  private final byte[] value;
  private @Nullable Version version;

  PendingVersion(byte[] value) {
    this.value = value;
  }

  Version get() {
    Version known = version;
    if (known == null) {
      known = ValueVersion.of(value);
      version = known;
    }
    return known;
  }

  /** What was just sent, after the version has been worked out beside it. */
  <T> T beside(T sent) {
    Version unused = get();
    return sent;
  }
}
