package io.schedulerworker.port;

/** Checks keys and values against the bounds of {@link KvStore}, the same way in every adapter. */
public final class KvTexts {
  private static final int CHUNK = 1 << 13;

  private KvTexts() {}

  /**
   * Checks a key.
   *
   * @param key any text
   * @return the key
   * @throws IllegalArgumentException if it is empty, longer than {@link KvStore#MAX_KEY_BYTES} or not well-formed
   */
  public static String checkKey(String key) {
    int size = size(key, "key");
    if (size < 1 || size > KvStore.MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a key has 1 to " + KvStore.MAX_KEY_BYTES + " bytes, this one has " + size);
    }
    return key;
  }

  /**
   * Checks a value.
   *
   * @param value any text
   * @return the value
   * @throws IllegalArgumentException if it is empty, longer than {@link KvStore#MAX_VALUE_BYTES} or not well-formed
   */
  public static String checkValue(String value) {
    if (value.isEmpty() || value.length() > KvStore.MAX_VALUE_BYTES) {
      throw valueSize(value.length());
    }
    int size = size(value, "value");
    if (size > KvStore.MAX_VALUE_BYTES) {
      throw valueSize(size);
    }
    return value;
  }

  private static IllegalArgumentException valueSize(int size) {
    return new IllegalArgumentException(
        "a value has 1 to " + KvStore.MAX_VALUE_BYTES + " bytes, this one has " + size);
  }

  private static int size(String text, String what) {
    int plain = plain(text);
    return plain == text.length() ? plain : plain + sizeFrom(plain, text, what);
  }

  /** How many characters at the beginning are ASCII for sure; of a text in ASCII, which most are, all. */
  private static int plain(String text) {
    char[] chunk = new char[Math.min(CHUNK, text.length())];
    for (int start = 0; start < text.length(); start += CHUNK) {
      int length = Math.min(CHUNK, text.length() - start);
      text.getChars(start, start + length, chunk, 0);
      if (!isAscii(chunk, length)) {
        return start;
      }
    }
    return text.length();
  }

  /** Without a way out, so that the processor compares many at a time. */
  private static boolean isAscii(char[] chunk, int length) {
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= chunk[i];
    }
    return all < 0x80;
  }

  private static int sizeFrom(int start, String text, String what) {
    int size = 0;
    for (int i = start; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        size++;
      } else if (unit < 0x800) {
        size += 2;
      } else if (!Character.isSurrogate(unit)) {
        size += 3;
      } else if (isPair(text, i)) {
        size += 4;
        i++;
      } else {
        throw new IllegalArgumentException(
            "the " + what + " has an unpaired surrogate at character " + (i + 1));
      }
    }
    return size;
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }
}
