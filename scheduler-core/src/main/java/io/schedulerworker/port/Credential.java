package io.schedulerworker.port;

import io.schedulerworker.reach.HostPattern;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header that proves to some hosts who calls. Its value is shown nowhere: neither {@link #toString()} nor a message
 * has it. Immutable.
 */
public final class Credential {
  /** Where a key stands unless it is said otherwise. */
  public static final String HEADER = "Authorization";

  /** What stands before a key unless it is said otherwise. */
  public static final String BEARER = "Bearer";

  /** Stands before user and password (RFC 7617). */
  public static final String BASIC = "Basic";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Set<String> TAKEN = Set.of(
      "connection",
      "content-encoding",
      "content-length",
      "content-type",
      "expect",
      "host",
      "idempotency-key",
      "proxy-authorization",
      "traceparent",
      "transfer-encoding",
      "upgrade",
      "user-agent",
      "webhook-id",
      "webhook-signature",
      "webhook-timestamp");

  private final String header;
  private final String scheme;
  private final String key;
  private final String sent;
  private final List<HostPattern> hosts;
  private final List<HiddenText> hidden;

  private Credential(
      String header, String scheme, String key, String sent, List<HostPattern> hosts) {
    this.header = header;
    this.scheme = scheme;
    this.key = key;
    this.sent = sent;
    this.hosts = hosts;
    this.hidden = HiddenText.all(key, sent, password());
  }

  /**
   * A key for all hosts.
   *
   * @param header the header's name, for example {@code Authorization} or {@code X-API-Key}
   * @param scheme what stands before the key, for example {@code Bearer}; empty for nothing
   * @param key the key; with the scheme {@code Basic}, what has a colon in it is a user and a password, and is encoded
   *     as RFC 7617 has it
   * @return the credential
   * @throws IllegalArgumentException if no header can carry it, or the header has another purpose; the message does not
   *     show the key
   */
  public static Credential of(String header, String scheme, String key) {
    if (!TOKEN.matcher(header).matches()) {
      throw new IllegalArgumentException("the header is not a word of letters, digits and dashes");
    }
    if (TAKEN.contains(header.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("the header " + header + " has another purpose");
    }
    if (!scheme.isEmpty() && !TOKEN.matcher(scheme).matches()) {
      throw new IllegalArgumentException("the scheme is not one word of letters and digits");
    }
    boolean isUser = scheme.equalsIgnoreCase(BASIC) && key.contains(":");
    checkNoControl(key);
    if (!isUser) {
      checkPrintable(key);
    }
    String sent =
        isUser ? Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)) : key;
    return new Credential(header, scheme, key, sent, List.of());
  }

  /**
   * A key for all hosts, sent as {@code Authorization: Bearer}.
   *
   * @param key the key
   * @return the credential
   * @throws IllegalArgumentException if no header can carry it; the message does not show it
   */
  public static Credential bearer(String key) {
    return of(HEADER, BEARER, key);
  }

  private static void checkNoControl(String key) {
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the key has a control character in it, perhaps a line break");
    }
  }

  /** Clients would let Latin-1 pass, and then send a question mark for what is not ASCII. */
  private static void checkPrintable(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException("the key is blank");
    }
    if (key.chars().anyMatch(character -> character > '~')) {
      throw new IllegalArgumentException("the key has characters other than ASCII in it");
    }
  }

  /**
   * The same for some hosts alone.
   *
   * @param patterns whom it is sent to; empty: to all
   * @return the credential
   */
  public Credential forHosts(List<HostPattern> patterns) {
    return new Credential(header, scheme, key, sent, List.copyOf(patterns));
  }

  /**
   * Whether a host gets it.
   *
   * @param host as in a URL
   * @param port the port that is called
   * @return true if it is for all hosts, or a pattern matches
   */
  public boolean isFor(String host, int port) {
    return hosts.isEmpty() || hosts.stream().anyMatch(pattern -> pattern.matches(host, port));
  }

  /**
   * The header's name.
   *
   * @return a token
   */
  public String header() {
    return header;
  }

  /**
   * The header's value, for those who send it.
   *
   * @return scheme and key, printable ASCII
   */
  public String value() {
    return scheme.isEmpty() ? sent : scheme + " " + sent;
  }

  /** What stands behind the user, also of a pair that was given encoded; the key itself if there is no user. */
  private String password() {
    String pair = scheme.equalsIgnoreCase(BASIC) && sent.equals(key) ? decoded(key) : key;
    boolean isPair = !sent.equals(pair) && pair.contains(":");
    return isPair ? pair.substring(pair.indexOf(':') + 1) : key;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return base64;
    }
  }

  /** What must not be shown. */
  List<HiddenText> hidden() {
    return hidden;
  }

  /** Shows all but the key. */
  @Override
  public String toString() {
    return "Credential[" + header + ": " + scheme + " ***, hosts=" + hosts + "]";
  }
}
