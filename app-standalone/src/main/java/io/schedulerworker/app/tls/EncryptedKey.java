package io.schedulerworker.app.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Decrypts a key. */
final class EncryptedKey {
  private EncryptedKey() {}

  static PKCS8EncodedKeySpec open(PemFile file, byte[] content, Optional<String> password)
      throws BadTlsFileException {
    String secret = password.orElseThrow(
        () -> file.wrong("has an encrypted key, and " + TlsFiles.PASSWORD + " is not set"));
    // The JDK's key factories know no other passwords.
    if (!secret.chars().allMatch(each -> each >= ' ' && each <= '~')) {
      throw new BadTlsFileException(
          TlsFiles.PASSWORD,
          "it has a character beyond ASCII, which cannot be used here; encrypt the key with another one");
    }
    try {
      return opened(file, new EncryptedPrivateKeyInfo(content), secret);
    } catch (IOException e) {
      throw unknown(file);
    }
  }

  private static PKCS8EncodedKeySpec opened(
      PemFile file, EncryptedPrivateKeyInfo info, String password) throws BadTlsFileException {
    try {
      String algorithm = algorithm(info);
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray());
      SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return checked(file, info.getKeySpec(cipher));
    } catch (NoSuchAlgorithmException e) {
      throw unknown(file);
    } catch (InvalidKeySpecException e) {
      throw closed(file);
    } catch (GeneralSecurityException e) {
      throw e instanceof InvalidKeyException ? closed(file) : unknown(file);
    }
  }

  /** What the standard calls PBES2 has a name of its own here for each of its kinds. */
  private static String algorithm(EncryptedPrivateKeyInfo info) throws NoSuchAlgorithmException {
    @Nullable AlgorithmParameters parameters = info.getAlgParameters();
    if (parameters == null) {
      throw new NoSuchAlgorithmException();
    }
    return parameters.getAlgorithm().equals("PBES2") ? parameters.toString() : info.getAlgName();
  }

  /** One wrong password in some hundred leaves what looks well padded. */
  private static PKCS8EncodedKeySpec checked(PemFile file, PKCS8EncodedKeySpec spec)
      throws BadTlsFileException {
    byte[] content = spec.getEncoded();
    if (content.length < 2 || content[0] != 0x30) {
      throw closed(file);
    }
    return spec;
  }

  private static BadTlsFileException closed(PemFile file) {
    return new BadTlsFileException(
        TlsFiles.PASSWORD, "it is not the password of the key in " + file.name());
  }

  private static BadTlsFileException unknown(PemFile file) {
    return file.wrong("has an encrypted key that this Java cannot read;"
        + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW writes one that it can");
  }
}
