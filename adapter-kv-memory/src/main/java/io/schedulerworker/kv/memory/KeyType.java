package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keys in a file: UTF-8, in the order of their code points. */
final class KeyType extends BasicDataType<String> {
  private static final int OVERHEAD = 40;

  @Override
  public int compare(String one, String other) {
    return CodePointOrder.INSTANCE.compare(one, other);
  }

  @Override
  public int getMemory(String key) {
    return OVERHEAD + 2 * key.length();
  }

  @Override
  public void write(WriteBuffer to, String key) {
    byte[] bytes = key.getBytes(UTF_8);
    to.putVarInt(bytes.length).put(bytes);
  }

  @Override
  public String read(ByteBuffer from) {
    byte[] bytes = new byte[DataUtils.readVarInt(from)];
    from.get(bytes);
    return new String(bytes, UTF_8);
  }

  @Override
  public String[] createStorage(int size) {
    return new String[size];
  }
}
