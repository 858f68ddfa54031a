package io.schedulerworker.app.tls;

import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where certificates and keys for calls over https are. Immutable; shows no secret.
 *
 * @param authorities certificates that are trusted besides those that the JVM trusts; empty for none
 * @param certificates ours, and those above it; empty if we show none
 * @param key that of our certificate; empty if we show none
 * @param password of the key; empty for none
 */
public record TlsFiles(
    Optional<Path> authorities,
    Optional<Path> certificates,
    Optional<Path> key,
    Optional<Password> password) {
  /** The setting that names {@link #authorities()}. */
  public static final String AUTHORITIES = "n8n.ca_file";

  /** The setting that names {@link #certificates()}. */
  public static final String CERTIFICATES = "n8n.client_cert_file";

  /** The setting that names {@link #key()}. */
  public static final String KEY = "n8n.client_key_file";

  /** The setting that has {@link #password()}. */
  public static final String PASSWORD = "n8n.client_key_password";

  /** The JVM's trust, and no certificate of ours. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Whether there is nothing to read.
   *
   * @return true of {@link #NONE} and its equals
   */
  public boolean areNone() {
    return Stream.of(authorities, certificates, key, password).allMatch(Optional::isEmpty);
  }

  /** A password that may stand in a file and change there. */
  @FunctionalInterface
  public interface Password {
    /**
     * The password as it is now.
     *
     * @return any text
     * @throws UnreadableFileException if it cannot be had; the message names the file
     */
    String current() throws UnreadableFileException;
  }

  /** Shows the paths. */
  @Override
  public String toString() {
    return "TlsFiles[authorities=%s, certificates=%s, key=%s]"
        .formatted(authorities, certificates, key);
  }
}
