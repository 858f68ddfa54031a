package io.schedulerworker.app.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoded UTF-8 of URIs, read strictly. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** The text behind; a {@link ProblemException} with 400 if the encoding is broken. */
  static String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded;
    }
    try {
      return utf8(bytes(encoded));
    } catch (CharacterCodingException e) {
      throw broken();
    }
  }

  private static byte[] bytes(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    int start = 0;
    for (int percent = encoded.indexOf('%'); percent >= 0; percent = encoded.indexOf('%', start)) {
      bytes.writeBytes(encoded.substring(start, percent).getBytes(StandardCharsets.UTF_8));
      bytes.write(octet(encoded, percent + 1));
      start = percent + 3;
    }
    bytes.writeBytes(encoded.substring(start).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static int octet(String encoded, int at) {
    if (at + 2 > encoded.length()) {
      throw broken();
    }
    int high = Character.digit(encoded.charAt(at), 16);
    int low = Character.digit(encoded.charAt(at + 1), 16);
    if (high < 0 || low < 0) {
      throw broken();
    }
    return high << 4 | low;
  }

  private static String utf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static ProblemException broken() {
    return new ProblemException(
        Problem.of(400, "the percent-encoding of the request target is not valid UTF-8"));
  }
}
