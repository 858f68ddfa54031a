package io.schedulerworker.app.tls;

import io.schedulerworker.app.io.LastGood;
import io.schedulerworker.model.Texts;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what clients need for TLS. */
public final class TlsContext {
  private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);
  private static final int ONE_SECOND = 1;
  private static final int LONGEST = 300;

  private final TlsFiles files;
  private final Consumer<LastGood<?, ?>> watch;

  private TlsContext(TlsFiles files, Consumer<LastGood<?, ?>> watch) {
    this.files = files;
    this.watch = watch;
  }

  /**
   * A context that goes by the files as they are at each handshake, or were when they were last looked at. The host's name is
   * always checked. A file that cannot be used any more is named in the log, and what it had before stays.
   *
   * @param files where certificates and keys are
   * @param watch has them looked at from now on
   * @return empty if there are no files: then the JVM's own context will do
   * @throws BadTlsFileException if a file cannot be used now
   */
  public static Optional<SSLContext> of(TlsFiles files, Consumer<LastGood<?, ?>> watch)
      throws BadTlsFileException {
    return files.areNone() ? Optional.empty() : Optional.of(new TlsContext(files, watch).make());
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
        files.authorities().isPresent() ? authorities(files.authorities().get()) : null);
  }

  private Supplier<X509ExtendedTrustManager> authorities(Path file) throws BadTlsFileException {
    PemFile first = PemFile.read(TlsFiles.AUTHORITIES, file);
    return current(new LastGood<>(
        TlsFiles.AUTHORITIES,
        first,
        Trust.in(Certificates.in(first)),
        () -> PemFile.read(TlsFiles.AUTHORITIES, file),
        content -> Trust.in(inTime(content, Certificates.in(content)))));
  }

  private KeyManager[] identities() throws BadTlsFileException {
    Optional<Path> certificates = files.certificates();
    Optional<Path> key = files.key();
    return certificates.isPresent() && key.isPresent()
        ? new KeyManager[] {new RotatingIdentity(identity(certificates.get(), key.get()))}
        : new KeyManager[0];
  }

  private Supplier<ClientIdentity> identity(Path certificates, Path key)
      throws BadTlsFileException {
    ClientTexts first = ClientTexts.read(certificates, key, files.password());
    return current(new LastGood<>(
        TlsFiles.CERTIFICATES,
        first,
        ClientIdentity.of(first),
        () -> ClientTexts.read(certificates, key, files.password()),
        this::identity));
  }

  private ClientIdentity identity(ClientTexts content) throws BadTlsFileException {
    ClientIdentity identity = ClientIdentity.of(content);
    inTime(content.certificates(), identity.chain());
    return identity;
  }

  /** What has changed is used, but may not be what was meant. */
  private static List<X509Certificate> inTime(PemFile file, List<X509Certificate> certificates) {
    Validity.problems(file, certificates, Instant.now())
        .forEach(problem -> LOG.warn("{}: {}", file.setting(), Texts.line(problem, LONGEST)));
    return certificates;
  }

  private <T> Supplier<T> current(LastGood<?, T> watched) {
    watch.accept(watched);
    return watched::value;
  }
}
