package io.schedulerworker.reach;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An IP address: 4 or 16 bytes. One that is mapped into IPv6 ({@code ::ffff:10.0.0.7}) is the IPv4 address, as the JDK
 * calls it; one that carries an IPv4 address in another way has several readings.
 */
final class Address {
  private static final int IPV4 = 4;
  private static final int IPV6 = 16;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] bytes;

  private Address(byte[] bytes) {
    this.bytes = bytes;
  }

  static Address of(byte[] bytes) {
    if (bytes.length != IPV4 && bytes.length != IPV6) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
    }
    return new Address(
        isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED.length, IPV6) : bytes.clone());
  }

  private static boolean isMapped(byte[] bytes) {
    return bytes.length == IPV6 && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
  }

  /** The address that a text is: four decimal numbers, or IPv6; a zone id is passed over. */
  static Optional<Address> parse(String text) {
    return (text.contains(":") ? Ipv6Text.parse(text) : Ipv4Text.parse(text)).map(Address::of);
  }

  /** This address, and all IPv4 addresses that it may carry. */
  Stream<Address> readings() {
    return bytes.length == IPV4
        ? Stream.of(this)
        : Stream.concat(Stream.of(this), Carrier.carriedBy(this));
  }

  Address part(int... positions) {
    byte[] part = new byte[positions.length];
    for (int i = 0; i < positions.length; i++) {
      part[i] = bytes[positions[i]];
    }
    return new Address(part);
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
}
