package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Version;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A value made ready to be stored: by the thread that wants it stored, not by the one that stores.
 *
 * @param text the value if it is not great; else empty
 * @param pieces those of a great value; else none
 * @param version its digest
 */
record ValueBytes(String text, List<Piece> pieces, Version version) {
  /**
   * Makes a value ready. One that is no longer than a piece is kept beside its key.
   *
   * @param text any value
   * @param pulse called now and then; what it throws ends the work, which takes a second and more for 64 MB
   */
  static ValueBytes of(String text, Runnable pulse) {
    if (text.length() <= Piece.CHARACTERS) {
      return new ValueBytes(text, List.of(), ValueVersion.of(text, pulse));
    }
    List<Piece> pieces = new ArrayList<>(text.length() / Piece.CHARACTERS + 1);
    MessageDigest digest = ValueVersion.begin();
    try (PieceDeflater deflater = new PieceDeflater(digest)) {
      int end;
      for (int start = 0; start < text.length(); start = end) {
        pulse.run();
        end = ValueVersion.chunkEnd(text, start, Piece.CHARACTERS);
        pieces.add(deflater.piece(text, start, end));
      }
    }
    return new ValueBytes("", pieces, ValueVersion.end(digest));
  }

  boolean isGreat() {
    return !pieces.isEmpty();
  }
}
