package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Opens {@code file:PATH}: a {@link FileKvStore}. The path is taken as written, relative to the working directory; {@code
 * file:///a/b} is {@code /a/b}.
 */
public final class FileKvStoreProvider implements KvStoreProvider {
  private static final String SCHEME = "file";

  /** For {@link java.util.ServiceLoader}. */
  public FileKvStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    return FileKvStore.open(path(uri), clock);
  }

  @Override
  public Optional<String> exclusiveFile(String uri) {
    return Optional.of(path(uri).toAbsolutePath().normalize().toString());
  }

  private static Path path(String uri) {
    String text = uri.substring(SCHEME.length() + 1);
    String plain = text.startsWith("///") ? text.substring(2) : text;
    if (plain.isBlank() || plain.startsWith("//") || plain.endsWith("/")) {
      throw new IllegalArgumentException(
          "a store in a file is named by its path, like file:data/jobs or file:/var/lib/scheduler/jobs");
    }
    try {
      return Path.of(plain);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("file: is followed by no path: " + e.getReason(), e);
    }
  }
}
