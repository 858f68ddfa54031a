package io.schedulerworker.app.tls;

import io.schedulerworker.model.Texts;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** When certificates are valid. */
final class Validity {
  private Validity() {}

  /** A line for each certificate that is not valid now. */
  static List<String> problems(PemFile file, List<X509Certificate> certificates, Instant now) {
    return certificates.stream().flatMap(each -> problem(file, each, now)).toList();
  }

  private static Stream<String> problem(PemFile file, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    String name = "the certificate of "
        + Texts.quote(certificate.getSubjectX500Principal().getName()) + " in " + file.name();
    if (now.isAfter(end)) {
      return Stream.of(name + " has expired, at " + end);
    }
    return now.isBefore(begin)
        ? Stream.of(name + " is not valid yet, only from " + begin + " on")
        : Stream.empty();
  }
}
