package io.schedulerworker.app.http;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies of all requests may take together. */
final class BodyMemory {
  private final AtomicLong free;

  BodyMemory(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Takes so much; false, and nothing is taken, if there is less. */
  boolean take(long bytes) {
    return free.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
  }

  void giveBack(long bytes) {
    free.addAndGet(bytes);
  }
}
