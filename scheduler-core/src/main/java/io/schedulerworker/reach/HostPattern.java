package io.schedulerworker.reach;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of host names, with or without a port: {@code n8n.example.com} stands for that name, {@code *.example.com}
 * for all names below it (not for {@code example.com} itself), {@code *} for all. Upper and lower case, and a dot at
 * the end, make no difference; a name in another script is written as it is looked up ({@code xn--…}), since programs do
 * not agree on what some of its letters stand for. An address in digits is a name too here, matched as it is written. Immutable.
 */
public final class HostPattern implements HostRule {
  private static final Pattern NAME = Pattern.compile(
      "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
  private static final int GREATEST_PORT = 65_535;
  private static final int ANY_PORT = -1;
  private static final int LONGEST = 253;
  private static final String BELOW = "*.";

  private final String name;
  private final int port;

  private HostPattern(String name, int port) {
    this.name = name;
    this.port = port;
  }

  /**
   * Reads a pattern.
   *
   * @param text as above, or an address, an IPv6 one in brackets
   * @return the pattern
   * @throws IllegalArgumentException if it is none; the message is for a person, and does not repeat the text
   */
  public static HostPattern parse(String text) {
    if (text.contains("/")) {
      throw new IllegalArgumentException("it is no host; leave out http:// and the path");
    }
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String host = hasPort ? text.substring(0, colon) : text;
    return new HostPattern(name(host), hasPort ? port(text.substring(colon + 1)) : ANY_PORT);
  }

  private static String name(String text) {
    if (text.equals("*") || ADDRESS.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      return text.toLowerCase(Locale.ROOT);
    }
    if (text.chars().anyMatch(character -> character > '~')) {
      throw new IllegalArgumentException(
          "it is in another script; write it as it is looked up, with xn-- (punycode)");
    }
    boolean below = text.startsWith(BELOW);
    String name = Hosts.plain(below ? text.substring(BELOW.length()) : text);
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          text.contains("*")
              ? "a * stands for the first labels of a name only, as in *.example.com"
              : "it is no host name");
    }
    return below ? BELOW + name : name;
  }

  private static int port(String text) {
    int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (port < 1 || port > GREATEST_PORT) {
      throw new IllegalArgumentException("its port is not one of 1 to " + GREATEST_PORT);
    }
    return port;
  }

  /**
   * Whether a host is meant.
   *
   * @param host as in a URL, an IPv6 address in brackets
   * @param port the port that is called, whether the URL names it or not
   * @return true if name and port match
   */
  public boolean matches(String host, int port) {
    return (this.port == ANY_PORT || this.port == port) && matches(Hosts.plain(host));
  }

  private boolean matches(String host) {
    if (name.equals("*")) {
      return true;
    }
    return name.startsWith(BELOW)
        ? host.length() >= name.length() && host.endsWith(name.substring(1))
        : host.equals(name);
  }

  boolean isAddress() {
    return name.startsWith("[") || Ipv4Text.isNumeric(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && name.equals(that.name) && port == that.port;
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + port;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return port == ANY_PORT ? name : name + ":" + port;
  }
}
