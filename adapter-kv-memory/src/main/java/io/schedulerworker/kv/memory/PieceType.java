package io.schedulerworker.kv.memory;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Pieces of great values in a file. */
final class PieceType extends BasicDataType<Piece> {
  /**
   * More than a segment of the engine's cache takes: a piece is read once, with all of its value, and must not drive out
   * what is looked at often.
   */
  private static final int TOO_GREAT_FOR_THE_CACHE = 2 << 20;

  @Override
  public int getMemory(Piece piece) {
    return TOO_GREAT_FOR_THE_CACHE;
  }

  @Override
  public void write(WriteBuffer to, Piece piece) {
    to.putVarInt(piece.length()).putVarInt(piece.stored().length).put(piece.stored());
  }

  @Override
  public Piece read(ByteBuffer from) {
    int length = within(Piece.MOST_BYTES, DataUtils.readVarInt(from));
    int storedLength = within(length, DataUtils.readVarInt(from));
    byte[] stored = new byte[within(from.remaining(), storedLength)];
    from.get(stored);
    return new Piece(length, stored);
  }

  private static int within(int most, int length) {
    if (length < 0 || length > most) {
      throw StoredItemType.damaged();
    }
    return length;
  }

  @Override
  public Piece[] createStorage(int size) {
    return new Piece[size];
  }
}
