package io.schedulerworker.kv.memory;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Makes text of pieces again. Not thread-safe. */
final class PieceInflater implements AutoCloseable {
  private final Inflater inflater = new Inflater();

  /**
   * Puts a piece's text into a place that has room for it.
   *
   * @throws org.h2.mvstore.MVStoreException if the piece is not what was written
   */
  void inflate(Piece piece, byte[] to, int at) {
    if (!piece.isDeflated()) {
      System.arraycopy(piece.stored(), 0, to, at, piece.length());
      return;
    }
    inflater.reset();
    inflater.setInput(piece.stored());
    try {
      if (inflater.inflate(to, at, piece.length()) != piece.length()) {
        throw StoredItemType.damaged();
      }
    } catch (DataFormatException e) {
      throw StoredItemType.damaged();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
