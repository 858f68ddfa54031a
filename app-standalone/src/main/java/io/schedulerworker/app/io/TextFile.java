package io.schedulerworker.app.io;

import io.schedulerworker.model.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text in a file that a person names. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads it whole.
   *
   * @param file where it is
   * @param kind what it is for messages, for example {@code registry file}
   * @param mostBytes how large it may be
   * @return its text, without a byte order mark
   * @throws UnreadableFileException if it cannot be had; the message is one line that names the file, not its content
   */
  public static String read(Path file, String kind, long mostBytes) throws UnreadableFileException {
    return read(file, kind, mostBytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads it whole.
   *
   * @param file where it is
   * @param kind what it is for messages, for example {@code registry file}
   * @param mostBytes how large it may be
   * @param charset how its text is encoded
   * @return its text, without a byte order mark
   * @throws UnreadableFileException if it cannot be had; the message is one line that names the file, not its content
   */
  public static String read(Path file, String kind, long mostBytes, Charset charset)
      throws UnreadableFileException {
    String name = "the " + kind + " " + Texts.quote(file.toString());
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableFileException(name + " is a directory; name a file");
      }
      byte[] bytes = bytes(file, mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new UnreadableFileException(name + " is larger than " + size(mostBytes));
      }
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new UnreadableFileException(name + " does not exist");
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException(name + " may not be read by this user");
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException(name + " is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw new UnreadableFileException(
          name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Reads a secret whole. Where a path should be, a person may have put the secret itself: so what names no file is shown
   * only if there is at least its folder.
   *
   * @param file where it is
   * @param mostBytes how large it may be
   * @param charset how its text is encoded
   * @return its text, without a byte order mark
   * @throws UnreadableFileException if it cannot be had; the message is one line
   */
  public static String readSecret(Path file, long mostBytes, Charset charset)
      throws UnreadableFileException {
    try {
      return read(file, "file", mostBytes, charset);
    } catch (UnreadableFileException e) {
      Path folder = file.getParent();
      throw folder != null && Files.isDirectory(folder) ? e : noPath();
    }
  }

  private static UnreadableFileException noPath() {
    return new UnreadableFileException(
        "it must be the path of a file that can be read, and there is not even such a folder; its text is not"
            + " shown, in case it is the secret itself; write ./ before the name of a file in this folder");
  }

  /** What is no regular file, a device for example, has no size beforehand, and perhaps no end. */
  private static byte[] bytes(Path file, long most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 8));
    }
  }

  private static String size(long bytes) {
    return bytes < 1 << 20 ? (bytes >> 10) + " KB" : (bytes >> 20) + " MB";
  }
}
