package io.schedulerworker.reach;

import java.util.regex.Pattern;

/**
 * A network of IP addresses, as in {@code 10.0.0.0/8} or {@code fd00::/8}; one address is a network too. A mapped one
 * ({@code ::ffff:10.0.0.0/104}) is the IPv4 network. Immutable.
 */
public final class Network implements HostRule {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern MEANT =
      Pattern.compile("[0-9.]+(/.*)?|\\[?[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*]?(/.*)?");

  private final Address address;
  private final int prefix;

  private Network(Address address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  static boolean isMeant(String text) {
    return MEANT.matcher(text).matches();
  }

  /**
   * Reads a network.
   *
   * @param text an address, an IPv6 one with or without brackets, and perhaps a slash and the length of the prefix
   * @return the network
   * @throws IllegalArgumentException if it is none; the message is for a person, and does not repeat the text
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    Address parsed = Address.parse(withoutBrackets(address))
        .orElseThrow(
            () -> new IllegalArgumentException(
                "it is no address: IPv4 is four decimal numbers without leading zeros, IPv6 as in fd00::1"));
    int written = address.contains(":") ? IPV6_BITS : IPV4_BITS;
    int prefix = slash < 0 ? written : prefix(text.substring(slash + 1), written);
    return new Network(parsed, withoutMapping(prefix, written - parsed.bits()));
  }

  private static int withoutMapping(int prefix, int mapping) {
    if (prefix < mapping) {
      throw new IllegalArgumentException(
          "it begins within what maps IPv4 into IPv6; write the IPv4 network");
    }
    return prefix - mapping;
  }

  private static String withoutBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static int prefix(String text, int most) {
    int prefix = PREFIX.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
    if (prefix > most) {
      throw new IllegalArgumentException("after its slash stands no number from 0 to " + most);
    }
    return prefix;
  }

  /**
   * Whether an address is in this network. What it may carry is not looked at.
   *
   * @param bytes 4 or 16 of them, in network order
   * @return true if it is
   * @throws IllegalArgumentException if there is another number of bytes
   */
  public boolean contains(byte[] bytes) {
    return contains(Address.of(bytes));
  }

  boolean contains(Address other) {
    return other.shares(address, prefix);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && address.equals(that.address) && prefix == that.prefix;
  }

  @Override
  public int hashCode() {
    return address.hashCode() * 31 + prefix;
  }

  /** Address and length of the prefix. */
  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
