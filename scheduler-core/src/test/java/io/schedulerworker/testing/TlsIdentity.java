package io.schedulerworker.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** A key and its certificate for TLS in tests, made in a moment with the JDK alone. Immutable. */
public final class TlsIdentity {
  private static final AtomicInteger SERIALS = new AtomicInteger(1);
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  private static final char[] PASSWORD = "in memory".toCharArray();

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * One that vouches for others.
   *
   * @param name its common name
   * @return an authority that signed itself
   */
  public static TlsIdentity authority(String name) {
    return authority(name, tomorrow());
  }

  /**
   * One that vouches for others.
   *
   * @param name its common name
   * @param until when it expires; may be over
   * @return an authority that signed itself
   */
  public static TlsIdentity authority(String name, Instant until) {
    KeyPair pair = pair("EC");
    X500Principal self = new X500Principal("CN=" + name);
    return new TlsIdentity(
        pair.getPrivate(), List.of(made(self, self, pair, pair.getPrivate(), until)));
  }

  /**
   * One that nobody vouches for.
   *
   * @param until when it expires; may be over
   * @param hosts names and addresses that it is for
   * @return a certificate that signed itself
   */
  public static TlsIdentity selfSigned(Instant until, String... hosts) {
    KeyPair pair = pair("EC");
    X500Principal self = new X500Principal("CN=self-signed");
    return new TlsIdentity(
        pair.getPrivate(), List.of(made(self, self, pair, pair.getPrivate(), until, hosts)));
  }

  /**
   * Vouches for another.
   *
   * @param hosts names and addresses that it is for; none for a client
   * @return one that is valid today, with a key on a curve
   */
  public TlsIdentity issue(String... hosts) {
    return issue("EC", tomorrow(), hosts);
  }

  /**
   * Vouches for another.
   *
   * @param algorithm of its key: {@code EC}, {@code RSA} or {@code Ed25519}
   * @param until when it expires; may be over
   * @param hosts names and addresses that it is for; none for a client
   * @return its key, and its certificate before this one's
   */
  public TlsIdentity issue(String algorithm, Instant until, String... hosts) {
    KeyPair pair = pair(algorithm);
    X500Principal subject = new X500Principal("CN=issued-" + SERIALS.get());
    X509Certificate certificate =
        made(certificate().getSubjectX500Principal(), subject, pair, key, until, hosts);
    return new TlsIdentity(
        pair.getPrivate(), Stream.concat(Stream.of(certificate), chain.stream()).toList());
  }

  /**
   * Its own certificate.
   *
   * @return the first of its chain
   */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * Its certificate and those above it.
   *
   * @return a text in PEM
   */
  public String certificatesPem() {
    return chain.stream()
        .map(each -> pem("CERTIFICATE", encoded(each)))
        .collect(Collectors.joining());
  }

  /**
   * Its key, not encrypted.
   *
   * @return PKCS#8, in PEM
   */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /**
   * Its key as it is in PKCS#8.
   *
   * @return a copy
   */
  public byte[] keyBytes() {
    return key.getEncoded();
  }

  /**
   * A block of PEM.
   *
   * @param label what is in it, for example {@code CERTIFICATE}
   * @param content any bytes
   * @return a text that ends with a line end
   */
  public static String pem(String label, byte[] content) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /**
   * For one side of TLS that shows this certificate.
   *
   * @param trusted whom it trusts; none for nobody
   * @return a context of its own
   */
  public SSLContext context(TlsIdentity... trusted) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore own = store();
      own.setKeyEntry("own", key, PASSWORD, chain.toArray(Certificate[]::new));
      keys.init(own, PASSWORD);
      KeyStore others = store();
      for (TlsIdentity each : trusted) {
        others.setCertificateEntry("trusted-" + others.size(), each.certificate());
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      if (trusted.length > 0) {
        trust.init(others);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys.getKeyManagers(), trusted.length > 0 ? trust.getTrustManagers() : null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("making a context", e);
    }
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1));
  }

  private static KeyPair pair(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (!algorithm.equals("Ed25519")) {
        generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("making a key", e);
    }
  }

  private static X509Certificate made(
      X500Principal issuer,
      X500Principal subject,
      KeyPair pair,
      PrivateKey issuersKey,
      Instant until,
      String... hosts) {
    try {
      byte[] signed = Der.sequence(
          Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
          Der.integer(BigInteger.valueOf(SERIALS.incrementAndGet())),
          ECDSA_WITH_SHA256,
          issuer.getEncoded(),
          Der.sequence(Der.time(until.minus(Duration.ofDays(30))), Der.time(until)),
          subject.getEncoded(),
          pair.getPublic().getEncoded(),
          Der.tagged(0xa3, extensions(issuer.equals(subject), hosts)));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuersKey);
      signature.update(signed);
      byte[] whole = Der.sequence(signed, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("making a certificate", e);
    }
  }

  private static byte[] extensions(boolean isSelfSigned, String... hosts) throws IOException {
    List<byte[]> extensions = new ArrayList<>();
    if (isSelfSigned && hosts.length == 0) {
      extensions.add(Der.sequence(
          Der.identifier(0x55, 0x1d, 0x13), Der.truth(), Der.octets(Der.sequence(Der.truth()))));
    }
    if (hosts.length > 0) {
      List<byte[]> names = new ArrayList<>();
      for (String host : hosts) {
        names.add(name(host));
      }
      extensions.add(Der.sequence(
          Der.identifier(0x55, 0x1d, 0x11),
          Der.octets(Der.sequence(names.toArray(byte[][]::new)))));
    }
    return Der.sequence(extensions.toArray(byte[][]::new));
  }

  private static byte[] name(String host) throws IOException {
    boolean isAddress = host.matches("[0-9.]+|.*:.*");
    return isAddress
        ? Der.tagged(0x87, InetAddress.getByName(host).getAddress())
        : Der.tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("it was decoded before", e);
    }
  }
}
