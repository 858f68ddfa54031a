package io.schedulerworker.n8n;

import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * For a client that must have a context and never uses it. One of the JDK's own would load some four hundred classes
 * before the first call leaves.
 */
final class NoTls extends SSLContextSpi {
  private NoTls() {}

  static SSLContext context() {
    return new SSLContext(new NoTls(), null, "none") {};
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      @Nullable SecureRandom random) {
    throw unsupported();
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw unsupported();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw unsupported();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    throw unsupported();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    throw unsupported();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    throw unsupported();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("this client speaks plain http only");
  }
}
