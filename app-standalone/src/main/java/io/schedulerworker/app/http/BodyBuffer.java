package io.schedulerworker.app.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects a body. It grows with what has come, by as much again but 8 MiB at most, never with what was announced. Used
 * by one thread at a time.
 */
final class BodyBuffer {
  private static final int SMALLEST_PIECE = 4 << 10;
  private static final int LARGEST_PIECE = 8 << 20;

  private final BodyMemory memory;
  private final int limit;
  private final List<byte[]> pieces = new ArrayList<>();
  private final AtomicBoolean freed = new AtomicBoolean();
  private int allocated;
  private int size;

  BodyBuffer(BodyMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  int size() {
    return size;
  }

  boolean exceeds(int more) {
    return more > limit - size;
  }

  /** Copies what came, which must not exceed the limit; false if there is no memory for it. */
  boolean append(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      if (size == allocated && !grow()) {
        return false;
      }
      byte[] piece = pieces.get(pieces.size() - 1);
      int part = Math.min(allocated - size, bytes.remaining());
      bytes.get(piece, piece.length - (allocated - size), part);
      size += part;
    }
    return true;
  }

  private boolean grow() {
    int wanted = Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, allocated));
    int piece = Math.min(wanted, limit - allocated);
    if (!memory.take(piece)) {
      return false;
    }
    allocated += piece;
    pieces.add(new byte[piece]);
    return true;
  }

  Body toBody() {
    return new Body(List.copyOf(pieces), size);
  }

  /** The body is used no more. From any thread, and as often as anybody likes. */
  void free() {
    if (freed.compareAndSet(false, true)) {
      memory.giveBack(allocated);
    }
  }
}
