package io.schedulerworker.app.owner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the owner of a store in a file leaves beside it, as {@code PATH.serve}, for other commands of the same user: a line
 * for each field, its name first.
 *
 * @param pid the owner's process id
 * @param url where its API is
 * @param token lets a caller in; a new one at each start
 * @param registryFile the file that it reads the registry from, absolute; empty for CONFIG_KV
 */
public record OwnerNote(long pid, URI url, String token, Optional<Path> registryFile) {
  private static final String PID = "pid";
  private static final String URL = "url";
  private static final String TOKEN = "token";
  private static final String REGISTRY = "registry";

  private static Path beside(Path store, String suffix) {
    return store.resolveSibling(store.getFileName() + suffix);
  }

  private static Path fileOf(Path store) {
    return beside(store, ".serve");
  }

  /**
   * Leaves the note beside a store, readable for this user alone, whole or not at all.
   *
   * @param store the store's file
   * @throws IOException if that cannot be written there
   */
  public void leaveBeside(Path store) throws IOException {
    Path unfinished = beside(store, ".serve.new");
    Files.deleteIfExists(unfinished);
    Files.createFile(unfinished, forThisUser(unfinished));
    Files.writeString(unfinished, text(), UTF_8);
    Files.move(unfinished, fileOf(store), StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] forThisUser(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private String text() {
    String registry = registryFile.map(file -> REGISTRY + " " + file + "\n").orElse("");
    return PID + " " + pid + "\n" + URL + " " + url + "\n" + TOKEN + " " + token + "\n" + registry;
  }

  /**
   * Takes the note away.
   *
   * @param store the store's file
   * @throws IOException if it cannot be deleted
   */
  public static void removeBeside(Path store) throws IOException {
    Files.deleteIfExists(fileOf(store));
  }

  /**
   * Reads the note beside a store.
   *
   * @param store the store's file
   * @return empty if there is none, or none that says enough
   * @throws IOException if it is there and cannot be read
   */
  public static Optional<OwnerNote> readBeside(Path store) throws IOException {
    try {
      return parse(Files.readString(fileOf(store), UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<OwnerNote> parse(String text) {
    Map<String, String> fields = new HashMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> fields.put(parts[0], parts[1]));
    try {
      OwnerNote note = new OwnerNote(
          Long.parseLong(fields.getOrDefault(PID, "")),
          URI.create(fields.getOrDefault(URL, "")),
          fields.getOrDefault(TOKEN, ""),
          Optional.ofNullable(fields.get(REGISTRY)).map(Path::of));
      return Optional.of(note).filter(OwnerNote::isWhole);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isWhole() {
    return "http".equals(url.getScheme()) && url.getHost() != null && !token.isBlank();
  }

  /** Names the owner, not the token. */
  @Override
  public String toString() {
    return "the process with pid " + pid + " at " + url;
  }
}
