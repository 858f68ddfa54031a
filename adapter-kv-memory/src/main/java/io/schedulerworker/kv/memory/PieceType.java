package io.schedulerworker.kv.memory;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Pieces of great values in a file. */
final class PieceType extends BasicDataType<byte[]> {
  /**
   * More than a segment of the engine's cache takes: a piece is read once, with all of its value, and must not drive out
   * what is looked at often.
   */
  private static final int TOO_GREAT_FOR_THE_CACHE = 2 << 20;

  @Override
  public int getMemory(byte[] piece) {
    return TOO_GREAT_FOR_THE_CACHE;
  }

  @Override
  public void write(WriteBuffer to, byte[] piece) {
    to.putVarInt(piece.length).put(piece);
  }

  @Override
  public byte[] read(ByteBuffer from) {
    int length = DataUtils.readVarInt(from);
    if (length < 0 || length > from.remaining()) {
      throw StoredItemType.damaged();
    }
    byte[] piece = new byte[length];
    from.get(piece);
    return piece;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
