package io.schedulerworker.n8n;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerSettings;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * What a missing answer, or one that the client cannot read, says about the workflow: if the request was sent, nothing.
 *
 * <p>If it was not, trying again is safe, but a TLS that failed (a certificate nobody trusts, a server that speaks no
 * TLS) fails again, unless the other side only went away meanwhile.
 */
final class FailureVerdict {
  private static final int DEEPEST = 20;

  private final List<Throwable> causes;
  private final boolean unsent;
  private final Wording wording;
  private final TriggerSettings settings;

  FailureVerdict(
      @Nullable Throwable failure, boolean unsent, Wording wording, TriggerSettings settings) {
    this.causes = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST)
        .toList();
    // The client may take the body before it sees that a handshake failed, and then has nowhere to
    // send it.
    this.unsent = unsent || is(SSLHandshakeException.class);
    this.wording = wording;
    this.settings = settings;
  }

  TriggerOutcome outcome() {
    if (!unsent) {
      return answeredWithoutContent() ? new Accepted(204) : new Unknown(unanswered(), null);
    }
    return is(SSLException.class) && !wentAway()
        ? new Refused(wording.of(withoutTls(), message()), null)
        : new NotNow(Obstacle.UNREACHABLE, unreached(), null, null);
  }

  private String withoutTls() {
    String advice = new TlsAdvice(causes, message()).text();
    return "cannot be called over TLS" + (advice == null ? "" : ": " + advice);
  }

  /** A 204 that announces a body is a failure to the client, of which only these words tell. */
  private boolean answeredWithoutContent() {
    return message().equals("unexpected content length header with 204 response");
  }

  /**
   * The client gives a connection that ended during the handshake no exception of its own, only these words, which may
   * have a broken pipe for their cause.
   */
  private boolean wentAway() {
    return messages()
        .anyMatch(each -> each.startsWith("Remote host ") || each.startsWith("Connection closed "));
  }

  private String unreached() {
    if (is(CancellationException.class)) {
      return wording.of("was not called: the trigger is closed");
    }
    return wording.of("cannot be reached", obstacle());
  }

  private String obstacle() {
    if (is(TimeoutException.class)) {
      return "no connection within " + Wording.time(settings.responseTimeout());
    }
    if (is(HttpConnectTimeoutException.class)) {
      return "no connection within " + Wording.time(settings.connectTimeout());
    }
    if (is(UnresolvedAddressException.class)) {
      return "nobody knows a host of this name";
    }
    if (is(SSLException.class)) {
      return "it ended the TLS handshake, perhaps for want of a certificate (n8n.client_cert_file)";
    }
    String message = message();
    return message.isEmpty() && is(ConnectException.class) ? "connection refused" : message;
  }

  private String unanswered() {
    if (is(CancellationException.class)) {
      return wording.of("had not answered when the trigger was closed");
    }
    if (is(TimeoutException.class)) {
      return wording.of("did not answer within " + Wording.time(settings.responseTimeout()));
    }
    if (is(ProtocolException.class)) {
      return wording.of("gave an answer that is not HTTP", message());
    }
    return wording.of("gave no answer, the connection was lost", message());
  }

  private boolean is(Class<? extends Throwable> kind) {
    return causes.stream().anyMatch(kind::isInstance);
  }

  /** The innermost message: the outer ones repeat it. */
  private String message() {
    return messages().reduce("", (outer, inner) -> inner);
  }

  private Stream<String> messages() {
    return causes.stream()
        .filter(cause -> !(cause instanceof CompletionException))
        .map(Throwable::getMessage)
        .filter(Objects::nonNull);
  }
}
