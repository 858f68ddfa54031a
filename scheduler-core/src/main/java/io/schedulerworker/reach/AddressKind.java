package io.schedulerworker.reach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of special addresses, after the IANA special-purpose registries and the metadata addresses of the large clouds.
 */
final class AddressKind {
  /** Of this machine, of this network, or of none: not of the public internet. */
  static final AddressKind PRIVATE = new AddressKind(
      "a private one",
      "0.0.0.0/8",
      "10.0.0.0/8",
      "100.64.0.0/10",
      "127.0.0.0/8",
      "172.16.0.0/12",
      "192.0.0.0/24",
      "192.168.0.0/16",
      "198.18.0.0/15",
      "240.0.0.0/4",
      "::/128",
      "::1/128",
      "fc00::/7",
      "fec0::/10");

  /** Denied without anybody asking for it: whoever has the scheduler call them wants what is not theirs. */
  private static final List<AddressKind> NEVER_CALLED = List.of(
      new AddressKind(
          "a cloud's metadata address",
          "169.254.169.254",
          "169.254.170.2",
          "169.254.170.23",
          "168.63.129.16",
          "100.100.100.200",
          "100.96.0.96",
          "192.0.0.192",
          "fd00:ec2::254",
          "fd00:ec2::23",
          "fd00:42::42",
          "fd00:a9fe:a9fe::1",
          "fd20:ce::254"),
      new AddressKind("a link-local address", "169.254.0.0/16", "fe80::/10"),
      new AddressKind("a multicast address", "224.0.0.0/4", "255.255.255.255", "ff00::/8"));

  private final String what;
  private final List<Network> networks;

  private AddressKind(String what, String... networks) {
    this.what = what;
    this.networks = Stream.of(networks).map(Network::parse).toList();
  }

  /** The kind of those that are not called by default; empty if it is none of them. */
  static Optional<AddressKind> neverCalled(Address address) {
    return NEVER_CALLED.stream().filter(kind -> kind.has(address)).findFirst();
  }

  boolean has(Address address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  @Override
  public String toString() {
    return what;
  }
}
