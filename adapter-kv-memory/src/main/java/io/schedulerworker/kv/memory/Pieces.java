package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.kv.memory.StoredText.InPieces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;

/**
 * The pieces of great values, by number. They go to the disk with the commit of the key that leads to them, and leave it
 * with that of the key that no longer does. Confined to the thread of its store.
 */
final class Pieces {
  private static final Logger LOG = System.getLogger(Pieces.class.getName());
  private static final String MAP = "pieces";

  private final MVMap<Long, Piece> map;

  private Pieces(MVMap<Long, Piece> map) {
    this.map = map;
  }

  static Pieces in(MVStore engine) {
    return new Pieces(engine.openMap(
        MAP,
        new MVMap.Builder<Long, Piece>()
            .keyType(LongDataType.INSTANCE)
            .valueType(new PieceType())));
  }

  /** Adds a value. */
  InPieces add(List<Piece> pieces) {
    Long last = map.lastKey();
    long first = last == null ? 1 : last + 1;
    int length = 0;
    for (int i = 0; i < pieces.size(); i++) {
      map.put(first + i, pieces.get(i));
      length += pieces.get(i).length();
    }
    return new InPieces(first, pieces.size(), length);
  }

  /**
   * Reads a value.
   *
   * @throws org.h2.mvstore.MVStoreException if it is not what was written
   */
  String read(InPieces value, String version) {
    byte[] bytes = new byte[value.length()];
    int end = 0;
    try (PieceInflater inflater = new PieceInflater()) {
      for (int i = 0; i < value.count(); i++) {
        Piece piece = map.get(value.first() + i);
        if (piece == null || piece.length() > bytes.length - end) {
          throw StoredItemType.damaged();
        }
        inflater.inflate(piece, bytes, end);
        end += piece.length();
      }
    }
    if (end < bytes.length || !ValueVersion.ofUtf8(bytes).token().equals(version)) {
      throw StoredItemType.damaged();
    }
    return new String(bytes, UTF_8);
  }

  /** Removes a value to which no key leads any more. What cannot be removed, because it is damaged, stays. */
  void remove(InPieces value) {
    try {
      for (int i = 0; i < value.count(); i++) {
        map.remove(value.first() + i);
      }
    } catch (RuntimeException e) {
      if (!StoreFile.isDamage(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "pieces from {0} on are left: {1}", value.first(), StoreFile.reason(e));
    }
  }
}
