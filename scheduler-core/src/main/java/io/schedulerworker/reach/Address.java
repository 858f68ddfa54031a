package io.schedulerworker.reach;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An IP address: 4 or 16 bytes. An IPv6 address that stands for an IPv4 address is looked at as both.
 */
final class Address {
  private static final int IPV4 = 4;
  private static final int IPV6 = 16;

  /** Networks whose addresses have an IPv4 address in them, and at which byte it begins. */
  private static final List<Carrier> CARRIERS = List.of(
      new Carrier("::ffff:0:0/96", 12),
      new Carrier("::ffff:0:0:0/96", 12),
      new Carrier("::/96", 12),
      new Carrier("64:ff9b::/96", 12),
      new Carrier("64:ff9b:1::/48", 12),
      new Carrier("2002::/16", 2));

  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  static Address of(byte[] bytes) {
    if (bytes.length != IPV4 && bytes.length != IPV6) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }
    return new Address(bytes.clone());
  }

  /** The address that a text is: four decimal numbers, or IPv6; a zone id is passed over. */
  static Optional<Address> parse(String text) {
    return text.contains(":")
        ? Ipv6Text.parse(text).map(Address::new)
        : Ipv4Text.parse(text).map(Address::new);
  }

  /** This address, and the IPv4 address in it, if there is one. */
  Stream<Address> readings() {
    return Stream.concat(
        Stream.of(this),
        CARRIERS.stream()
            .filter(carrier -> carrier.network().contains(this))
            .map(carrier -> part(carrier.at())));
  }

  private Address part(int at) {
    return new Address(Arrays.copyOfRange(bytes, at, at + IPV4));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  int bits() {
    return bytes.length * Byte.SIZE;
  }

  /** Whether the first bits are the same, and there are as many bits in all. */
  boolean shares(Address other, int prefix) {
    if (bytes.length != other.bytes.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    int rest = prefix % Byte.SIZE;
    return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
        && (rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length == IPV4 ? Ipv4Text.write(bytes) : Ipv6Text.write(bytes);
  }

  private record Carrier(Network network, int at) {
    Carrier(String network, int at) {
      this(Network.parse(network), at);
    }
  }
}
