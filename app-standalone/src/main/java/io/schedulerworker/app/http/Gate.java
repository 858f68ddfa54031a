package io.schedulerworker.app.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a request in or says why not. */
final class Gate {
  private static final Pattern SIGNED = Pattern.compile("(^|&)signature=");

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final ApiKeys keys;
  private final Attempts guesses;
  private final Attempts forgeries;

  /**
   * With what counts wrong keys, and what counts wrong signatures: whoever sends the one makes nobody wait who has the
   * other, and learns nothing of it.
   */
  Gate(ApiKeys keys, Attempts guesses, Attempts forgeries) {
    this.keys = keys;
    this.guesses = guesses;
    this.forgeries = forgeries;
  }

  /** Looks at a request for a route: its method, all its {@code Authorization} headers, its raw query. */
  Admission admit(
      Access access,
      String method,
      List<String> authorizations,
      @Nullable String query,
      Network from) {
    if (access == Access.KEY_OR_SIGNATURE && isSigned(query)) {
      // A key counts for nothing then: the answer would otherwise tell, uncounted, whether it is
      // right.
      return new Admission.Granted(Optional.empty(), true);
    }
    Optional<ApiKey> key = keys.find(authorizations);
    if (access == Access.OPEN) {
      return granted(key.filter(each -> isGoodFor(each, method)));
    }
    return key.isPresent()
        ? admit(key.get(), method, from)
        : denied(withoutKey(!authorizations.isEmpty(), from));
  }

  private static boolean isSigned(@Nullable String query) {
    return query != null && SIGNED.matcher(query).find();
  }

  private Admission admit(ApiKey key, String method, Network from) {
    long wait = keys.isToken(key) ? 0 : guesses.used(from, key.name());
    if (wait > 0) {
      return denied(tooManyKeys(wait));
    }
    return isGoodFor(key, method)
        ? granted(Optional.of(key))
        : new Admission.Denied(Optional.of(key.name()), readOnly(key, method));
  }

  private static boolean isGoodFor(ApiKey key, String method) {
    return !key.isReadOnly() || READING.contains(method);
  }

  private Response withoutKey(boolean triedOne, Network from) {
    if (!keys.areConfigured()) {
      return closed();
    }
    long wait = triedOne ? guesses.failed(from) : 0;
    return wait > 0 ? tooManyKeys(wait) : unauthorized();
  }

  /** The answer to who sent a signature that its handler found to be wrong. */
  Response wrongSignature(Network from, Response answer) {
    long wait = forgeries.failed(from);
    return wait > 0
        ? tooMany(wait, "signatures from this address were wrong: right ones go on")
        : answer;
  }

  private static Admission granted(Optional<ApiKey> key) {
    return new Admission.Granted(key.map(ApiKey::name), false);
  }

  private static Admission denied(Response answer) {
    return new Admission.Denied(Optional.empty(), answer);
  }

  private static Response unauthorized() {
    return Problem.of(
            401,
            "send a key, SCHEDULER_API_KEY or one of [[api_keys]]: Authorization: Bearer <key>")
        .toResponse();
  }

  private static Response closed() {
    return Problem.of(
            403,
            "no SCHEDULER_API_KEY is configured, and none of [[api_keys]], so this path is closed to everybody")
        .toResponse();
  }

  private static Response readOnly(ApiKey key, String method) {
    return Problem.of(
            403,
            "the key " + key.name() + " is read-only: it is good for GET and HEAD, not for "
                + method)
        .toResponse();
  }

  private static Response tooManyKeys(long wait) {
    return tooMany(
        wait,
        "keys from this address were wrong: only one that worked from it within the last hour works"
            + " now");
  }

  private static Response tooMany(long wait, String what) {
    long seconds = (wait + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    return Problem.of(429, "too many " + what + "; try again in " + seconds + " s")
        .toResponse()
        .withHeader("Retry-After", Long.toString(seconds));
  }
}
