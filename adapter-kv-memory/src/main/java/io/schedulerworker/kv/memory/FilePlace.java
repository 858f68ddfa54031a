package io.schedulerworker.kv.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Whether the file that is open is the one at its path. Where files can be deleted or replaced while they are open, as by a
 * backup put back under a running process, what is written would go nowhere without a word.
 */
final class FilePlace {
  private final Path path;
  private @Nullable Object key;
  private boolean taken;

  FilePlace(Path path) {
    this.path = path;
  }

  /** Remembers which file it is; only the first time counts. */
  void take() {
    if (!taken) {
      key = keyNow();
      taken = true;
    }
  }

  /**
   * Checks that it is still there.
   *
   * @throws IllegalStateException if it is not; the message says what to do
   */
  void check() {
    if (taken && key != null && !key.equals(keyNow())) {
      throw new IllegalStateException(
          "the file was deleted or replaced while it was open: stop the process, put back a backup, start it again");
    }
  }

  /** Null where there is no file, and where files have no key. */
  private @Nullable Object keyNow() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("the file cannot be looked at: " + e, e);
    }
  }
}
