package io.schedulerworker.app.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bytes that came with a request, in one piece or several. */
public final class Body {
  private final List<byte[]> pieces;
  private final int size;

  /** Takes over pieces that have so many bytes together, and perhaps room at the end of the last. */
  Body(List<byte[]> pieces, int size) {
    this.pieces = pieces;
    this.size = size;
  }

  /**
   * How much came.
   *
   * @return bytes, from 0 to the route's limit
   */
  public int size() {
    return size;
  }

  /**
   * The bytes in one array; needs as much memory again as the body has. Large bodies are better read as
   * {@link #stream()}.
   *
   * @return a new array
   */
  public byte[] bytes() {
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      int part = Math.min(piece.length, size - at);
      System.arraycopy(piece, 0, all, at, part);
      at += part;
    }
    return all;
  }

  /**
   * The bytes one after the other, from the first.
   *
   * @return a new stream over memory; it needs no closing
   */
  public InputStream stream() {
    List<InputStream> streams = new ArrayList<>();
    int left = size;
    for (byte[] piece : pieces) {
      int part = Math.min(piece.length, left);
      streams.add(new ByteArrayInputStream(piece, 0, part));
      left -= part;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /**
   * The body as a text.
   *
   * @return the text, empty if there is no body
   * @throws ProblemException with 400 if the bytes are not UTF-8
   */
  public String text() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(400, "the body is not UTF-8");
    }
  }
}
