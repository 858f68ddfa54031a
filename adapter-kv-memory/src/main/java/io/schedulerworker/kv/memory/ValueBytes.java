package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A value made ready to be stored: by the thread that wants it stored, not by the one that stores.
 *
 * @param text the value if it is not great; else empty
 * @param pieces a great value in UTF-8; else none
 * @param version its digest
 */
record ValueBytes(String text, List<byte[]> pieces, Version version) {
  /** In characters; what has no more is kept beside its key. */
  private static final int PIECE = 1 << 17;

  /**
   * Encodes a value.
   *
   * @param text any value
   * @param pulse called now and then; what it throws ends the work, which takes tenths of a second for 64 MB
   */
  static ValueBytes of(String text, Runnable pulse) {
    if (text.length() <= PIECE) {
      return new ValueBytes(text, List.of(), ValueVersion.of(text, pulse));
    }
    List<byte[]> pieces = new ArrayList<>(text.length() / PIECE + 1);
    MessageDigest digest = ValueVersion.begin();
    int end;
    for (int start = 0; start < text.length(); start = end) {
      pulse.run();
      end = ValueVersion.chunkEnd(text, start, PIECE);
      byte[] piece = text.substring(start, end).getBytes(UTF_8);
      digest.update(piece);
      pieces.add(piece);
    }
    return new ValueBytes("", pieces, ValueVersion.end(digest));
  }

  boolean isGreat() {
    return !pieces.isEmpty();
  }
}
