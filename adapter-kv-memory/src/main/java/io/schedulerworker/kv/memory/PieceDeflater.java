package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Makes pieces of a text. Job records say the same thousands of times: most of their length
 * need not be held, written and read. Its buffers serve all pieces of a value. Not thread-safe.
 */
final class PieceDeflater implements AutoCloseable {
  private final MessageDigest digest;
  private final CharsetEncoder encoder = UTF_8
      .newEncoder()
      .onMalformedInput(CodingErrorAction.REPLACE)
      .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final char[] characters = new char[Piece.MOST_CHARACTERS];
  private final byte[] bytes = new byte[Piece.MOST_BYTES];
  private final byte[] deflated = new byte[Piece.MOST_BYTES];

  /** The digest is given all texts, in UTF-8. */
  PieceDeflater(MessageDigest digest) {
    this.digest = digest;
  }

  /** A part of a text, no longer than a piece may be, as a piece. */
  Piece piece(String text, int start, int end) {
    int length = encode(text, start, end);
    digest.update(bytes, 0, length);
    return new Piece(length, Arrays.copyOf(deflated, deflate(length)));
  }

  private int encode(String text, int start, int end) {
    text.getChars(start, end, characters, 0);
    ByteBuffer to = ByteBuffer.wrap(bytes);
    encoder.reset();
    encoder.encode(CharBuffer.wrap(characters, 0, end - start), to, true);
    encoder.flush(to);
    return to.position();
  }

  /** Fills what is to be stored, and says how much of it that is. */
  private int deflate(int length) {
    deflater.reset();
    deflater.setInput(bytes, 0, length);
    deflater.finish();
    int smaller = deflater.deflate(deflated, 0, length - 1);
    if (deflater.finished()) {
      return smaller;
    }
    System.arraycopy(bytes, 0, deflated, 0, length);
    return length;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
