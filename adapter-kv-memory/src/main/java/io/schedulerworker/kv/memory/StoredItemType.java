package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Version;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Values in a file: end of life, digest, text in UTF-8. The digest is checked when a value is read from the disk: what is
 * damaged is reported, and never taken for a value.
 */
final class StoredItemType extends BasicDataType<StoredItem> {
  private static final int OVERHEAD = 200;

  @Override
  public int getMemory(StoredItem item) {
    return (int) Math.min(Integer.MAX_VALUE, OVERHEAD + 2L * item.value().length());
  }

  @Override
  public void write(WriteBuffer to, StoredItem item) {
    byte[] text = item.value().getBytes(UTF_8);
    to.putLong(item.endMillis())
        .put(HexFormat.of().parseHex(item.version().token()))
        .putVarInt(text.length)
        .put(text);
  }

  @Override
  public StoredItem read(ByteBuffer from) {
    long end = from.getLong();
    byte[] digest = new byte[ValueVersion.BYTES];
    from.get(digest);
    int length = DataUtils.readVarInt(from);
    if (length < 0 || length > from.remaining()) {
      throw damaged();
    }
    byte[] text = new byte[length];
    from.get(text);
    Version version = ValueVersion.ofUtf8(text);
    if (!version.token().equals(HexFormat.of().formatHex(digest))) {
      throw damaged();
    }
    return new StoredItem(new String(text, UTF_8), version, end);
  }

  private static RuntimeException damaged() {
    return DataUtils.newMVStoreException(
        DataUtils.ERROR_FILE_CORRUPT, "a value does not have the digest it was stored with");
  }

  @Override
  public StoredItem[] createStorage(int size) {
    return new StoredItem[size];
  }
}
