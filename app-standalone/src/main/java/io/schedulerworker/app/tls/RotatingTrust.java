package io.schedulerworker.app.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a host if the authorities of our own vouch for it, or else if the JVM's do. Each judges as the JDK does, the
 * host's name included. The JVM's are not read before they are needed.
 */
final class RotatingTrust extends X509ExtendedTrustManager {
  private static final int DEEPEST = 20;

  private final @Nullable Supplier<X509ExtendedTrustManager> own;
  private @Nullable X509ExtendedTrustManager jvm;

  /** One judgement of a host's certificates. */
  private interface Judgement {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  /** With authorities of our own, or null for none. */
  RotatingTrust(@Nullable Supplier<X509ExtendedTrustManager> own) {
    this.own = own;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    requireName(engine.getSSLParameters());
    check(chain, manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    requireName(socket instanceof SSLSocket secure ? secure.getSSLParameters() : null);
    check(chain, manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  /** Who does not say which host it is can have no name checked. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    requireName(null);
  }

  private static void requireName(@Nullable SSLParameters parameters) throws CertificateException {
    String algorithm = parameters == null ? null : parameters.getEndpointIdentificationAlgorithm();
    if (algorithm == null || algorithm.isEmpty()) {
      throw new CertificateException("the host's name would not be checked");
    }
  }

  private void check(X509Certificate[] chain, Judgement judgement) throws CertificateException {
    CertificateException refusal = own == null ? null : refusal(judgement, own.get());
    if (own == null || refusal != null) {
      checkByJvm(judgement, refusal);
    }
    // The JDK does not look at the dates of a certificate that is itself among the trusted ones.
    chain[0].checkValidity();
  }

  private static @Nullable CertificateException refusal(
      Judgement judgement, X509ExtendedTrustManager manager) {
    try {
      judgement.by(manager);
      return null;
    } catch (CertificateException e) {
      return e;
    }
  }

  /** Of two refusals, that of a stranger says less than any other one. */
  private void checkByJvm(Judgement judgement, @Nullable CertificateException ownRefusal)
      throws CertificateException {
    CertificateException refusal = refusal(judgement, jvm());
    if (refusal != null) {
      throw ownRefusal == null || isOfStranger(ownRefusal) ? refusal : ownRefusal;
    }
  }

  private static boolean isOfStranger(CertificateException refusal) {
    return Stream.<@Nullable Throwable>iterate(refusal, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .anyMatch(CertPathBuilderException.class::isInstance);
  }

  private synchronized X509ExtendedTrustManager jvm() {
    if (jvm == null) {
      jvm = Trust.ofJvm();
    }
    return jvm;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("this is for calls, not for callers");
  }

  /** Servers alone tell whom they accept. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
