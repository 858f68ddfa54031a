package io.schedulerworker.app.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads certificates. */
final class Certificates {
  private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE");

  private Certificates() {}

  /** All that are in a file, in its order; at least one. */
  static List<X509Certificate> in(PemFile file) throws BadTlsFileException {
    List<X509Certificate> found = new ArrayList<>();
    for (PemFile.Block block : file.blocks()) {
      if (LABELS.contains(block.label())) {
        found.add(certificate(file, block, found.size() + 1));
      }
    }
    if (found.isEmpty()) {
      throw file.wrong("has no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----;"
          + " of one in DER, openssl x509 -inform DER -in OLD -out NEW makes it");
    }
    return List.copyOf(found);
  }

  private static X509Certificate certificate(PemFile file, PemFile.Block block, int number)
      throws BadTlsFileException {
    byte[] content = file.content(block);
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(content));
    } catch (CertificateException e) {
      throw file.wrong("is damaged: its certificate no. " + number + " cannot be read");
    }
  }
}
