package io.schedulerworker.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes a text a webhook address: an absolute http or https URL with a host. */
public final class WebhookUrl {
  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final String BEFORE_AUTHORITY = "://";
  private static final String FOR_TESTS = "/webhook-test/";
  private static final int GREATEST_PORT = 65_535;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private WebhookUrl() {}

  /**
   * What is wrong with a text as a webhook address.
   *
   * @param text any text
   * @return the problem, to be read after the field's name; empty if there is none
   */
  public static Optional<String> problem(String text) {
    try {
      return Optional.ofNullable(problem(new URI(text)));
    } catch (URISyntaxException e) {
      String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      return Optional.of("is no URL (" + Texts.line(e.getReason(), 80) + where + ")");
    } catch (NumberFormatException e) {
      // What the JDK's parser throws where an IPv4 part of an IPv6 address has too many digits.
      return Optional.of("is no URL (a number in its address is too great)");
    }
  }

  /**
   * Whether a webhook address is one of those that n8n's editor gives for trying a workflow out.
   *
   * @param url a webhook address without a {@link #problem}
   * @return true if n8n answers it only while somebody waits for it in the editor
   */
  public static boolean isForTests(String url) {
    if (!url.contains(FOR_TESTS)) {
      return false;
    }
    String path = URI.create(url).getRawPath();
    return path != null && path.contains(FOR_TESTS);
  }

  /**
   * Whether a webhook address has a user, and perhaps a password, before its host. They are not sent.
   *
   * @param url a webhook address without a {@link #problem}
   * @return true if it has
   */
  public static boolean hasUser(String url) {
    return url.indexOf('@') >= 0 && URI.create(url).getRawUserInfo() != null;
  }

  /**
   * What the webhooks of one server have alike: scheme and authority, as they are written.
   *
   * @param url a webhook address without a {@link #problem}
   * @return its beginning, before the path
   * @throws IllegalArgumentException if it has no authority, which is a problem
   */
  public static String origin(String url) {
    int scheme = url.indexOf(BEFORE_AUTHORITY);
    if (scheme < 0) {
      throw new IllegalArgumentException("no webhook address: " + Texts.quote(url));
    }
    int end = scheme + BEFORE_AUTHORITY.length();
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(0, end);
  }

  /**
   * The port that a webhook address leads to, whether it names one or not.
   *
   * @param url a webhook address without a {@link #problem}
   * @return from 1 to 65535
   */
  public static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  private static String withoutHost(@Nullable String authority) {
    if (authority == null) {
      return "has no host";
    }
    return authority.chars().anyMatch(character -> character > '~')
        ? "has a host name in another script: write it as it is looked up, with xn-- (punycode)"
        : "has a host or port that is not valid: a host name has letters from a to z, digits, hyphens and dots,"
            + " an IPv4 address four numbers";
  }

  private static @Nullable String problem(URI url) {
    String scheme = url.getScheme();
    if (scheme == null) {
      return "is not absolute: it must begin with http:// or https://";
    }
    if (!SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      return "must begin with http:// or https://, not " + Texts.line(scheme, 20) + ":";
    }
    if (url.getHost() == null) {
      return withoutHost(url.getRawAuthority());
    }
    if (url.getPort() == 0 || url.getPort() > GREATEST_PORT) {
      return "has port " + url.getPort() + ", allowed are 1 to " + GREATEST_PORT;
    }
    return null;
  }
}
