package io.schedulerworker.app.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Finds what is wrong with the files before anybody is called. */
public final class TlsCheck {
  private final TlsFiles files;
  private final Instant now;
  private final Report errors;
  private final Report warnings;

  /** Takes what is found. */
  @FunctionalInterface
  public interface Report {
    /**
     * Something is wrong.
     *
     * @param setting the key of the setting at fault
     * @param what one line that names the file, without the setting's name
     */
    void add(String setting, String what);
  }

  private TlsCheck(TlsFiles files, Instant now, Report errors, Report warnings) {
    this.files = files;
    this.now = now;
    this.errors = errors;
    this.warnings = warnings;
  }

  /**
   * Reads the files as {@link TlsContext} does.
   *
   * @param files where certificates and keys are
   * @param now when certificates should be valid
   * @param errors told what cannot be used
   * @param warnings told what may not be meant so
   */
  public static void run(TlsFiles files, Instant now, Report errors, Report warnings) {
    TlsCheck check = new TlsCheck(files, now, errors, warnings);
    files.authorities().ifPresent(check::authorities);
    check.client();
  }

  private void authorities(Path path) {
    try {
      PemFile file = PemFile.read(TlsFiles.AUTHORITIES, path);
      dates(file, Certificates.in(file));
    } catch (BadTlsFileException e) {
      errors.add(e.setting(), e.what());
    }
  }

  private void client() {
    boolean hasCertificates = files.certificates().isPresent();
    boolean hasKey = files.key().isPresent();
    if (hasCertificates && hasKey) {
      identity(files.certificates().get(), files.key().get());
    } else if (hasCertificates) {
      alone(TlsFiles.CERTIFICATES, TlsFiles.KEY);
    } else if (hasKey) {
      alone(TlsFiles.KEY, TlsFiles.CERTIFICATES);
    } else if (files.password().isPresent()) {
      warnings.add(TlsFiles.PASSWORD, "it has no effect, because " + TlsFiles.KEY + " is not set");
    }
  }

  private void alone(String given, String missing) {
    errors.add(given, "it is of no use alone; set " + missing + " too");
  }

  private void identity(Path certificates, Path key) {
    try {
      ClientTexts texts = ClientTexts.read(certificates, key, files.password());
      dates(texts.certificates(), ClientIdentity.of(texts).chain());
    } catch (BadTlsFileException e) {
      errors.add(e.setting(), e.what());
    }
  }

  private void dates(PemFile file, List<X509Certificate> certificates) {
    Validity.problems(file, certificates, now)
        .forEach(problem -> warnings.add(file.setting(), problem));
  }
}
