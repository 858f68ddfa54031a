package io.schedulerworker.n8n;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a TLS that could not be agreed on. The JDK tells most reasons by their words alone; those that are not
 * known here speak for themselves.
 */
final class TlsAdvice {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
  private static final String OLD_PROTOCOL =
      "it does not speak TLS 1.2 or 1.3, and older ones are not spoken here";

  private final List<Throwable> causes;
  private final String message;

  /** The message is that of the innermost cause. */
  TlsAdvice(List<Throwable> causes, String message) {
    this.causes = causes;
    this.message = message;
  }

  /** What goes before the message; null if that says it all. */
  @Nullable
  String text() {
    Matcher alert = ALERT.matcher(message);
    return alert.find() ? ofAlert(alert.group(1)) : ofOurs();
  }

  /** What the other side did not like. */
  private static @Nullable String ofAlert(String alert) {
    return switch (alert) {
      case "certificate_required" -> "it wants a certificate of ours, see n8n.client_cert_file";
      case "bad_certificate", "handshake_failure" ->
        "it may want a certificate of ours, or another one, see n8n.client_cert_file";
      case "unknown_ca",
          "certificate_unknown",
          "certificate_expired",
          "certificate_revoked",
          "unsupported_certificate",
          "access_denied" -> "it does not accept our certificate, see n8n.client_cert_file";
      case "protocol_version", "insufficient_security" -> OLD_PROTOCOL;
      default -> null;
    };
  }

  /** What we did not like. */
  private @Nullable String ofOurs() {
    if (is(CertificateExpiredException.class)) {
      return "its certificate, or one above it, has expired";
    }
    if (is(CertificateNotYetValidException.class)) {
      return "its certificate, or one above it, is not valid yet; or this machine's clock is wrong";
    }
    if (is(CertPathBuilderException.class)) {
      return "nobody who is trusted vouches for its certificate, n8n.ca_file names who may";
    }
    return ofWords();
  }

  private @Nullable String ofWords() {
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "its certificate is for another name than that of the webhook's host";
    }
    if (message.contains("selected protocol version") || message.contains("protocol is disabled")) {
      return OLD_PROTOCOL;
    }
    return message.contains("plaintext connection")
        ? "it speaks no TLS, perhaps the webhook is http://"
        : null;
  }

  private boolean is(Class<? extends Throwable> kind) {
    return causes.stream().anyMatch(kind::isInstance);
  }
}
