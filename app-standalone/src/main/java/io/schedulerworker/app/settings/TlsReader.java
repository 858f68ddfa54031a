package io.schedulerworker.app.settings;

import io.schedulerworker.app.tls.TlsCheck;
import io.schedulerworker.app.tls.TlsFiles;
import java.time.Instant;

/** Reads where certificates and keys are, and finds what is wrong with them. */
final class TlsReader {
  private TlsReader() {}

  static TlsFiles read(Values values, Findings findings) {
    TlsFiles files = new TlsFiles(
        values.find(Catalogue.CA_FILE),
        values.find(Catalogue.CLIENT_CERT_FILE),
        values.find(Catalogue.CLIENT_KEY_FILE),
        values.source(Catalogue.CLIENT_KEY_PASSWORD).map(source -> source::current));
    TlsCheck.run(
        files,
        Instant.now(),
        (setting, what) -> findings.error(place(values, setting), setting + ": " + what),
        (setting, what) -> findings.warning(place(values, setting), setting + ": " + what));
    return files;
  }

  private static String place(Values values, String key) {
    return Catalogue.ALL.stream()
        .filter(setting -> setting.key().equals(key))
        .map(values::place)
        .findFirst()
        .orElse(key);
  }
}
