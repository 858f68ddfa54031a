package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvTexts;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Values as texts. */
final class Values {
  /** What stands in a text for bytes that are none. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final int LARGE = 16 << 10;

  private final Replies replies;

  Values(Replies replies) {
    this.replies = replies;
  }

  /**
   * The bytes of a value, which is checked as the port wants. That looks at one character after the other: a large value is
   * sent sooner if it is plain ASCII, which shows in one go, as it comes back from as many bytes as it was.
   */
  static byte[] checked(String value) {
    if (value.length() >= LARGE && value.length() <= KvStore.MAX_VALUE_BYTES) {
      byte[] bytes = value.getBytes(UTF_8);
      if (bytes.length == value.length() && new String(bytes, UTF_8).equals(value)) {
        return bytes;
      }
    }
    return KvTexts.checkValue(value).getBytes(UTF_8);
  }

  KvEntry entry(String key, byte[] value) {
    String text = text(key, value);
    return new KvEntry(key, text, ValueVersion.of(text));
  }

  /** A decoder that finds mistakes is many times slower than this, so it looks only at what may have some. */
  private String text(String key, byte[] value) {
    String text = new String(value, UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
      } catch (CharacterCodingException e) {
        throw replies.rejected(key, "its value is not UTF-8 text");
      }
    }
    return text;
  }
}
