package io.schedulerworker.reach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A way to have an IPv4 address in an IPv6 address: which bytes of the addresses of a network it is. IPv4-compatible (RFC
 * 4291), IPv4-translated (RFC 2765), 6to4 (RFC 3056), and NAT64 with its prefixes of any length (RFC 6052, 8215).
 */
final class Carrier {
  private static final List<Carrier> ALL = List.of(
      new Carrier("::/96", 12, 13, 14, 15),
      new Carrier("::ffff:0:0:0/96", 12, 13, 14, 15),
      new Carrier("2002::/16", 2, 3, 4, 5),
      new Carrier("64:ff9b::/96", 12, 13, 14, 15),
      new Carrier("64:ff9b:1::/48", 6, 7, 9, 10),
      new Carrier("64:ff9b:1::/48", 7, 9, 10, 11),
      new Carrier("64:ff9b:1::/48", 9, 10, 11, 12),
      new Carrier("64:ff9b:1::/48", 12, 13, 14, 15));

  /** Of no host; and what is left of :: and ::1, which carry nothing. */
  private static final Network NOBODY = Network.parse("0.0.0.0/8");

  private final Network network;
  private final int[] positions;

  private Carrier(String network, int... positions) {
    this.network = Network.parse(network);
    this.positions = positions;
  }

  /** All IPv4 addresses that an address may carry. */
  static Stream<Address> carriedBy(Address address) {
    return ALL.stream().flatMap(carrier -> carrier.carried(address).stream());
  }

  private Optional<Address> carried(Address address) {
    return network.contains(address)
        ? Optional.of(address.part(positions)).filter(carried -> !NOBODY.contains(carried))
        : Optional.empty();
  }
}
