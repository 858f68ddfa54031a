package io.schedulerworker.app;

import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.RegistrySource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    String name = "the registry file " + Texts.quote(file.toString());
    try {
      if (Files.isDirectory(file)) {
        throw new FormatException(name + " is a directory; name a JSON file");
      }
      if (Files.size(file) > KvStore.MAX_VALUE_BYTES) {
        throw new FormatException(name + " is larger than 64 MB");
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new FormatException(name + " does not exist");
    } catch (CharacterCodingException e) {
      throw new FormatException(name + " is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw new FormatException(name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
