package io.schedulerworker.app.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a private key. What libraries say about one that is wrong is passed on to nobody. */
final class PrivateKeys {
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PrivateKeys() {}

  /** The first key in a file. */
  static PrivateKey in(PemFile file, Optional<String> password) throws BadTlsFileException {
    PemFile.Block block = keyBlock(file);
    PKCS8EncodedKeySpec content = switch (block.label()) {
      case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(file.content(block));
      case "ENCRYPTED PRIVATE KEY" -> EncryptedKey.open(file, file.content(block), password);
      default -> throw oldForm(file, block.label());
    };
    PrivateKey key = key(content);
    if (key == null) {
      throw file.wrong("has a key that cannot be read; known are RSA, EC and Ed25519, in PKCS#8");
    }
    return key;
  }

  private static PemFile.Block keyBlock(PemFile file) throws BadTlsFileException {
    for (PemFile.Block block : file.blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return block;
      }
    }
    throw file.wrong("has no key in PEM, which begins with -----BEGIN PRIVATE KEY-----");
  }

  private static BadTlsFileException oldForm(PemFile file, String label) {
    return file.wrong("has a key in an old form (BEGIN " + label + "), and PKCS#8 is needed:"
        + " openssl pkcs8 -topk8 -in OLD -out NEW, with -nocrypt for one without password");
  }

  /** Null if no algorithm knows it. */
  static @Nullable PrivateKey key(PKCS8EncodedKeySpec content) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(content);
      } catch (InvalidKeySpecException e) {
        // Then it is for another one.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }
    return null;
  }
}
