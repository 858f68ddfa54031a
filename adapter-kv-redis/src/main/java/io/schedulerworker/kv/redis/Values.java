package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.KvEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Values as texts. */
final class Values {
  private Values() {}

  static KvEntry entry(String key, byte[] value, Replies replies) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      return new KvEntry(key, text, ValueVersion.of(value));
    } catch (CharacterCodingException e) {
      throw replies.rejected(key, "its value is not UTF-8 text");
    }
  }
}
