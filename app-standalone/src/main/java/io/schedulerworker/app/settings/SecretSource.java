package io.schedulerworker.app.settings;

import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.charset.StandardCharsets;
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
    return TextFile.readSecret(file, LARGEST, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
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
