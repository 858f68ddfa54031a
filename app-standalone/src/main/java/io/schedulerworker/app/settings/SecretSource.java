package io.schedulerworker.app.settings;

import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a secret comes from. What is in a file may change there while the process runs. Never shown. Immutable.
 *
 * @param name the setting's, for messages
 * @param first what it was when the settings were read
 * @param file where it can be read anew; empty if it stays as it is
 */
public record SecretSource(String name, Secret first, Optional<Path> file) {
  private static final long LARGEST = 64 << 10;

  /** What a file has now, without the line end at its end. */
  static String read(Path file) throws UnreadableFileException {
    try {
      return TextFile.read(file, "file", LARGEST).replaceFirst("\\R\\z", "");
    } catch (UnreadableFileException e) {
      throw file.getParent() == null ? withoutName() : e;
    }
  }

  /** What looks like no path is perhaps the secret itself. */
  private static UnreadableFileException withoutName() {
    return new UnreadableFileException(
        "it must be the path of a file that can be read; its text is not shown, in case it is the secret"
            + " itself; write ./ before the name of a file in this folder");
  }

  /**
   * The secret as it is now.
   *
   * @return what the file has; not checked in any way
   * @throws UnreadableFileException if it cannot be had; the message names the file
   */
  public String current() throws UnreadableFileException {
    return file.isPresent() ? read(file.get()) : first.reveal();
  }

  /** The name alone. */
  @Override
  public String toString() {
    return "SecretSource[" + name + "]";
  }
}
