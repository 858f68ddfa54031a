package io.schedulerworker.app;

import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.RegistrySource;
import java.nio.file.Path;
import java.util.Optional;

/** A registry in a file, read anew for every job. */
final class RegistryFile implements RegistrySource {
  private final Path file;

  RegistryFile(Path file) {
    this.file = file;
  }

  @Override
  public Optional<String> read(Deadline deadline) {
    try {
      return Optional.of(TextFile.read(file, "registry file", KvStore.MAX_VALUE_BYTES));
    } catch (UnreadableFileException e) {
      throw new FormatException(String.valueOf(e.getMessage()));
    }
  }
}
