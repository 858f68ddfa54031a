package io.schedulerworker.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.KvEntry;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a job consisted of: of two readings it is the same only if nothing has changed between them. */
final class Fingerprint {
  private final MessageDigest digest = sha256();

  /** Takes the next entry; they come in the same order at each reading. */
  void add(KvEntry entry) {
    digest.update(entry.key().getBytes(UTF_8));
    digest.update((byte) '\n');
    digest.update(entry.version().token().getBytes(UTF_8));
    digest.update((byte) '\n');
  }

  /** Of all that were taken. To be asked for once. */
  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
