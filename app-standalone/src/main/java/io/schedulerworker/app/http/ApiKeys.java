package io.schedulerworker.app.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys that callers need, or that there are none. Thread-safe. */
public final class ApiKeys {
  /** Who has the token, or needs none because he is this process itself. */
  static final String COMMAND_LINE = "command line";

  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +(.*)", Pattern.DOTALL);

  private final Supplier<List<ApiKey>> keys;
  private final Optional<ApiKey> token;

  private ApiKeys(Supplier<List<ApiKey>> keys, Optional<ApiKey> token) {
    this.keys = keys;
    this.token = token;
  }

  /**
   * Keys that may change.
   *
   * @param keys those that count now; asked for each request, so it must not block. While there is none, routes that need
   *     one are closed to everybody
   * @return what recognises them
   */
  public static ApiKeys of(Supplier<List<ApiKey>> keys) {
    return new ApiKeys(keys, Optional.empty());
  }

  /**
   * The same, and a token that does what a key does and is never kept waiting. Who is refused is told of the keys alone.
   *
   * @param token for programs of this machine, not blank
   * @return what recognises both
   * @throws IllegalArgumentException if the token is blank
   */
  public ApiKeys withToken(String token) {
    return new ApiKeys(keys, Optional.of(ApiKey.of(COMMAND_LINE, token, false)));
  }

  boolean areConfigured() {
    return !keys.get().isEmpty();
  }

  boolean isToken(ApiKey key) {
    return token.isPresent() && token.get() == key;
  }

  /** The key in the one {@code Authorization} header, as {@code Bearer}; takes as long for any wrong key. */
  Optional<ApiKey> find(List<String> authorizations) {
    if (authorizations.size() != 1) {
      return Optional.empty();
    }
    Matcher bearer = BEARER.matcher(authorizations.get(0).strip());
    return bearer.matches() ? find(ApiKey.sha256(wire(bearer.group(1)))) : Optional.empty();
  }

  /** Files may come to hold the same key twice: then what may less counts. */
  private Optional<ApiKey> find(byte[] given) {
    List<ApiKey> matching = Stream.concat(keys.get().stream(), token.stream())
        .filter(key -> key.is(given))
        .toList();
    return matching.stream()
        .filter(ApiKey::isReadOnly)
        .findFirst()
        .or(() -> matching.stream().findFirst());
  }

  /** Header values arrive a character for each byte. */
  private static byte[] wire(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }
}
