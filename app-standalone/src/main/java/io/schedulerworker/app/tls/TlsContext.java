package io.schedulerworker.app.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes what clients need for TLS. */
public final class TlsContext {
  private static final int ONE_SECOND = 1;

  private final TlsFiles files;
  private final LongSupplier nanoTime;
  private final Executor background;

  private TlsContext(TlsFiles files, LongSupplier nanoTime, Executor background) {
    this.files = files;
    this.nanoTime = nanoTime;
    this.background = background;
  }

  /**
   * A context that goes by the files as they are at each handshake, or were a moment before. The host's name is
   * always checked. A file that cannot be used any more is named in the log, and what it had before stays.
   *
   * @param files where certificates and keys are
   * @param nanoTime a clock that only goes forward, asked on any thread
   * @param background where files are looked at that may have changed
   * @return empty if there are no files: then the JVM's own context will do
   * @throws BadTlsFileException if a file cannot be used now
   */
  public static Optional<SSLContext> of(TlsFiles files, LongSupplier nanoTime, Executor background)
      throws BadTlsFileException {
    return files.equals(TlsFiles.NONE)
        ? Optional.empty()
        : Optional.of(new TlsContext(files, nanoTime, background).make());
  }

  private SSLContext make() throws BadTlsFileException {
    KeyManager[] identities = identities();
    TrustManager[] trust = {trust()};
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identities, trust, null);
      // Who resumes a session asks nobody whom to trust; so sessions must not outlive a change.
      context.getClientSessionContext().setSessionTimeout(ONE_SECOND);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private TrustManager trust() throws BadTlsFileException {
    return new RotatingTrust(
        files.authorities().isPresent() ? authorities(files.authorities().get())::current : null);
  }

  private Watched<PemFile, X509ExtendedTrustManager> authorities(Path file)
      throws BadTlsFileException {
    return new Watched<>(
        TlsFiles.AUTHORITIES,
        () -> PemFile.read(TlsFiles.AUTHORITIES, file),
        content -> Trust.in(Certificates.in(content)),
        nanoTime,
        background);
  }

  private KeyManager[] identities() throws BadTlsFileException {
    Optional<Path> certificates = files.certificates();
    Optional<Path> key = files.key();
    return certificates.isPresent() && key.isPresent()
        ? new KeyManager[] {new RotatingIdentity(identity(certificates.get(), key.get())::current)}
        : new KeyManager[0];
  }

  private Watched<ClientTexts, ClientIdentity> identity(Path certificates, Path key)
      throws BadTlsFileException {
    return new Watched<>(
        TlsFiles.CERTIFICATES,
        () -> ClientTexts.read(certificates, key, files.password()),
        ClientIdentity::of,
        nanoTime,
        background);
  }
}
