package io.schedulerworker.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP request as it came over a connection, for servers that decide about each byte of what they answer.
 *
 * @param head request line and headers, with the empty line
 * @param body what the head announced, in UTF-8; empty without {@code Content-Length}
 */
public record RawRequest(String head, String body) {
  /** The other side left without a byte of a request. */
  public static final class NothingThere extends EOFException {
    private static final long serialVersionUID = 1;
  }

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  /**
   * Reads a request, and nothing behind it.
   *
   * @param in where it comes
   * @return it, whole
   * @throws NothingThere if there was no byte of it
   * @throws IOException if it ended too early
   */
  public static RawRequest read(InputStream in) throws IOException {
    RawRequest bare = new RawRequest(readHead(in), "");
    String announced = bare.header("Content-Length");
    int length = announced.isEmpty() ? 0 : Integer.parseInt(announced);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("ended in its body");
    }
    return new RawRequest(bare.head(), new String(body, StandardCharsets.UTF_8));
  }

  /**
   * Reads a request's head, and nothing behind it.
   *
   * @param in where it comes
   * @return one character for each byte
   * @throws NothingThere if there was no byte of it
   * @throws IOException if it ended too early
   */
  public static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        throw head.isEmpty() ? new NothingThere() : new EOFException("ended in its head");
      }
      head.append((char) next);
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString();
  }

  /**
   * A header.
   *
   * @param name in any case
   * @return the first of the name; empty if there is none
   */
  public String header(String name) {
    Matcher line = Pattern.compile("(?im)^" + Pattern.quote(name) + ": (.*)$").matcher(head);
    return line.find() ? line.group(1) : "";
  }
}
