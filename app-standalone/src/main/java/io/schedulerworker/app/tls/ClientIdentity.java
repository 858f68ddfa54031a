package io.schedulerworker.app.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Who we are: a key, and certificates of which the first one is the key's. Immutable. */
final class ClientIdentity {
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final byte[] SAMPLE = {1, 2, 3};

  private final String alias = "client-" + MADE.incrementAndGet();
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  private ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = chain;
  }

  static ClientIdentity of(ClientTexts texts) throws BadTlsFileException {
    List<X509Certificate> chain = Certificates.in(texts.certificates());
    PrivateKey key = PrivateKeys.in(texts.key(), texts.password());
    if (!fits(key, chain.get(0).getPublicKey())) {
      throw texts
          .key()
          .wrong("has a key that does not belong to the first certificate in "
              + texts.certificates().name() + " (" + TlsFiles.CERTIFICATES + ")");
    }
    return new ClientIdentity(key, chain);
  }

  private static boolean fits(PrivateKey key, PublicKey other) {
    if (!key.getAlgorithm().equals(other.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(signature(key));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(other);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signature(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** Its name, which no other one in this process has. */
  String alias() {
    return alias;
  }

  PrivateKey key() {
    return key;
  }

  List<X509Certificate> chain() {
    return chain;
  }
}
