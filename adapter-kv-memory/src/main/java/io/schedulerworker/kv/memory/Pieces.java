package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.kv.memory.StoredText.InPieces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;

/**
 * The pieces of great values, by number. A value of many pieces goes to the disk a few at a time, so that it is never in
 * memory as a whole once more. Until its key leads to it a note says so, which is what is left of it if the process dies
 * meanwhile. Confined to the thread of its store.
 */
final class Pieces {
  private static final Logger LOG = System.getLogger(Pieces.class.getName());
  private static final String MAP = "pieces";
  private static final int BYTES_AT_A_TIME = 2 << 20;

  private final MVStore engine;
  private final MVMap<Long, byte[]> map;

  private Pieces(MVStore engine, MVMap<Long, byte[]> map) {
    this.engine = engine;
    this.map = map;
  }

  /** Those in a file; what was begun and not finished when it was last open is removed. */
  static Pieces in(MVStore engine) {
    MVMap<Long, byte[]> map = engine.openMap(
        MAP,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(new PieceType()));
    Pieces pieces = new Pieces(engine, map);
    pieces.removeUnfinished();
    return pieces;
  }

  /**
   * Writes a value. Its key must lead to it before the next commit, or it is forgotten: {@link #finished}.
   *
   * @throws org.h2.mvstore.MVStoreException if the disk refuses
   */
  InPieces write(List<byte[]> pieces) {
    Long last = map.lastKey();
    long first = last == null || last < 0 ? 1 : last + 1;
    note(first, pieces.size());
    int length = 0;
    int unwritten = 0;
    for (int i = 0; i < pieces.size(); i++) {
      if (unwritten >= BYTES_AT_A_TIME) {
        engine.commit();
        // The next commit may take space that this one gave free.
        engine.sync();
        unwritten = 0;
      }
      byte[] piece = pieces.get(i);
      map.put(first + i, piece);
      unwritten += piece.length;
      length += piece.length;
    }
    return new InPieces(first, pieces.size(), length);
  }

  /** The key leads to it from the next commit on. */
  void finished(InPieces value) {
    map.remove(-value.first());
  }

  /**
   * Reads a value.
   *
   * @throws org.h2.mvstore.MVStoreException if it is not what was written
   */
  String read(InPieces value, String version) {
    byte[] bytes = new byte[value.length()];
    ByteBuffer read = ByteBuffer.wrap(bytes);
    MessageDigest digest = ValueVersion.begin();
    for (int i = 0; i < value.count(); i++) {
      byte[] piece = map.get(value.first() + i);
      if (piece == null || piece.length > read.remaining()) {
        throw damaged();
      }
      digest.update(piece);
      read.put(piece);
    }
    if (read.hasRemaining() || !ValueVersion.end(digest).token().equals(version)) {
      throw damaged();
    }
    return new String(bytes, UTF_8);
  }

  private static RuntimeException damaged() {
    return DataUtils.newMVStoreException(
        DataUtils.ERROR_FILE_CORRUPT, "a value does not have the digest it was stored with");
  }

  /** Removes a value to which no key leads any more. What cannot be removed, because it is damaged, stays. */
  void remove(InPieces value) {
    remove(value.first(), value.count());
  }

  private void remove(long first, int count) {
    try {
      for (int i = 0; i < count; i++) {
        map.remove(first + i);
      }
    } catch (RuntimeException e) {
      if (!StoreFile.isDamage(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "pieces {0} and more are left: {1}", first, StoreFile.reason(e));
    }
  }

  private void removeUnfinished() {
    for (Long note = map.firstKey(); note != null && note < 0; note = map.firstKey()) {
      remove(-note, ByteBuffer.wrap(map.get(note)).getInt());
      map.remove(note);
    }
  }

  private void note(long first, int count) {
    map.put(-first, ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
  }
}
