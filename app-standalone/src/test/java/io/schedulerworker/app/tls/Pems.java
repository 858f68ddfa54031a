package io.schedulerworker.app.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Certificate and keys as openssl makes them, all of one key but {@code pkcs1.pem}. Nothing but tests knows them. */
public final class Pems {
  /** Of the keys that are encrypted. */
  public static final String PASSWORD = "correct-horse";

  private Pems() {}

  /** One of the resources beside this class. */
  public static String text(String name) {
    try (InputStream in = Objects.requireNonNull(Pems.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file. */
  public static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
