package io.schedulerworker.app.tls;

import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What the files about us had when they were read. Shows nothing of it. */
record ClientTexts(PemFile certificates, PemFile key, Optional<String> password) {
  static ClientTexts read(Path certificates, Path key, Optional<TlsFiles.Password> password)
      throws BadTlsFileException {
    return new ClientTexts(
        PemFile.read(TlsFiles.CERTIFICATES, certificates),
        PemFile.read(TlsFiles.KEY, key),
        password.isPresent() ? Optional.of(current(password.get())) : Optional.empty());
  }

  private static String current(TlsFiles.Password password) throws BadTlsFileException {
    try {
      return password.current();
    } catch (UnreadableFileException e) {
      throw new BadTlsFileException(TlsFiles.PASSWORD, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "ClientTexts[" + certificates + ", " + key + "]";
  }
}
