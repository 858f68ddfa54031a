package io.schedulerworker.app.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a request in or says why not. */
final class Gate {
  private static final Pattern SIGNED = Pattern.compile("(^|&)signature=");

  private final ApiKey key;

  Gate(ApiKey key) {
    this.key = key;
  }

  Optional<String> caller(List<String> authorizations) {
    return key.nameIn(authorizations);
  }

  /** Why a request does not get in; null if it does. */
  @Nullable
  Response refusal(Access access, boolean hasKey, @Nullable String query) {
    boolean signed = access == Access.KEY_OR_SIGNATURE
        && query != null
        && SIGNED.matcher(query).find();
    if (access == Access.OPEN || hasKey || signed) {
      return null;
    }
    return key.isConfigured() ? unauthorized() : closed();
  }

  private static Response unauthorized() {
    return Problem.of(401, "send the key: Authorization: Bearer <SCHEDULER_API_KEY>")
        .toResponse()
        .withHeader("WWW-Authenticate", "Bearer");
  }

  private static Response closed() {
    return Problem.of(
            403, "no SCHEDULER_API_KEY is configured, so this path is closed to everybody")
        .toResponse();
  }
}
