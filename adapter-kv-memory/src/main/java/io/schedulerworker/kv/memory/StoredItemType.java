package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.kv.memory.StoredText.InPieces;
import io.schedulerworker.kv.memory.StoredText.Whole;
import io.schedulerworker.port.Version;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Values in a file: end of life, digest, length and text in UTF-8. A length of 0, which no value has, is followed by where
 * the pieces are: the number of the first one, how many there are, the length, and a checksum of these and the digest, for
 * what is wrong here would lead to another value. The digest is checked when a value is read from the
 * disk: what is damaged is reported, and never taken for a value.
 */
final class StoredItemType extends BasicDataType<StoredItem> {
  private static final int OVERHEAD = 200;

  @Override
  public int getMemory(StoredItem item) {
    return item.text() instanceof Whole whole
        ? (int) Math.min(Integer.MAX_VALUE, OVERHEAD + 2L * whole.length())
        : OVERHEAD;
  }

  @Override
  public void write(WriteBuffer to, StoredItem item) {
    to.putLong(item.endMillis()).put(HexFormat.of().parseHex(item.version().token()));
    if (item.text() instanceof Whole whole) {
      byte[] text = whole.text().getBytes(UTF_8);
      to.putVarInt(text.length).put(text);
    } else if (item.text() instanceof InPieces apart) {
      to.putVarInt(0).put(place(apart)).putInt(checksum(apart, item.version()));
    }
  }

  @Override
  public StoredItem read(ByteBuffer from) {
    long end = from.getLong();
    byte[] digest = new byte[ValueVersion.BYTES];
    from.get(digest);
    int length = DataUtils.readVarInt(from);
    if (length == 0) {
      Version version = new Version(HexFormat.of().formatHex(digest));
      return new StoredItem(inPieces(from, version), version, end);
    }
    if (length < 0 || length > from.remaining()) {
      throw damaged();
    }
    byte[] text = new byte[length];
    from.get(text);
    Version version = ValueVersion.ofUtf8(text);
    if (!version.token().equals(HexFormat.of().formatHex(digest))) {
      throw damaged();
    }
    return new StoredItem(new Whole(new String(text, UTF_8)), version, end);
  }

  private static InPieces inPieces(ByteBuffer from, Version version) {
    InPieces apart = new InPieces(from.getLong(), from.getInt(), from.getInt());
    if (from.getInt() != checksum(apart, version)) {
      throw damaged();
    }
    return apart;
  }

  private static byte[] place(InPieces apart) {
    return ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES)
        .putLong(apart.first())
        .putInt(apart.count())
        .putInt(apart.length())
        .array();
  }

  private static int checksum(InPieces apart, Version version) {
    CRC32C checksum = new CRC32C();
    checksum.update(place(apart));
    checksum.update(version.token().getBytes(UTF_8));
    return (int) checksum.getValue();
  }

  /** A value is not what was stored. */
  static RuntimeException damaged() {
    return DataUtils.newMVStoreException(
        DataUtils.ERROR_FILE_CORRUPT, "a value does not have the digest it was stored with");
  }

  @Override
  public StoredItem[] createStorage(int size) {
    return new StoredItem[size];
  }
}
