package io.schedulerworker.reach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which hosts may be called. In this order:
 *
 * <ol>
 *   <li>What the deny list names is not called.
 *   <li>If there is an allow list, what it does not name is not called: neither by a pattern of the host's name, nor, for
 *       each of its addresses, by a network.
 *   <li>Link-local, metadata and multicast addresses are not called, and, if so set, private ones; unless a network of
 *       the allow list has them in it.
 *   <li>An IPv4 address in another notation than four decimal numbers is not called: programs read it differently.
 * </ol>
 *
 * <p>A name is judged by all its addresses: one that is not to be called is enough. An address that carries another one
 * (IPv4-mapped, NAT64, 6to4) is judged as both. Immutable, thread-safe.
 *
 * @param allow what may be called; empty: everything that nothing else denies; copied
 * @param deny what may not; copied
 * @param denyPrivate whether private addresses, and those of this machine, may not either
 */
public record Reach(List<HostRule> allow, List<HostRule> deny, boolean denyPrivate) {
  /** All but link-local, metadata and multicast addresses. */
  public static final Reach DEFAULT = new Reach(List.of(), List.of(), false);

  /**
   * Copies the lists.
   *
   * @param allow as above
   * @param deny as above
   * @param denyPrivate as above
   */
  public Reach {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /**
   * Why a host is not called whatever its addresses are.
   *
   * @param host as in a URL: a name, or an address, an IPv6 one in brackets
   * @param port the port that is called
   * @return the reason, to be read after the host's name; empty if there is none, or if a name's addresses decide
   */
  public Optional<String> refusal(String host, int port) {
    Optional<Address> literal = literal(host);
    if (literal.isPresent()) {
      return refusal(host, port, Stream.of(literal.get()));
    }
    return Ipv4Text.isNumeric(Hosts.plain(host))
        ? Optional.of(
            "is not called: it is an address in a notation that programs read differently;"
                + " write it as four decimal numbers without leading zeros")
        : refusalOfName(host, port, allow.stream().anyMatch(Network.class::isInstance));
  }

  /**
   * Why a host is not called.
   *
   * @param host as in a URL
   * @param port the port that is called
   * @param addresses all that the name resolves to, 4 or 16 bytes each
   * @return the reason, to be read after the host's name; empty if it may be called
   * @throws IllegalArgumentException if an address has another number of bytes
   */
  public Optional<String> refusal(String host, int port, List<byte[]> addresses) {
    return refusal(host, port).or(() -> refusal(host, port, addresses.stream().map(Address::of)));
  }

  private Optional<String> refusal(String host, int port, Stream<Address> addresses) {
    return refusalOfName(host, port, true)
        .or(() -> addresses
            .flatMap(address -> refusalOf(address, host, port).stream())
            .findFirst());
  }

  private static Optional<Address> literal(String host) {
    return host.startsWith("[") && host.endsWith("]")
        ? Address.parse(host.substring(1, host.length() - 1))
        : Address.parse(Hosts.plain(host));
  }

  private Optional<String> refusalOfName(String host, int port, boolean addressesDecide) {
    Optional<HostRule> denied = matching(deny, host, port);
    if (denied.isPresent()) {
      return Optional.of("is not called: n8n.deny_hosts has " + denied.get());
    }
    boolean allowed =
        allow.isEmpty() || addressesDecide || matching(allow, host, port).isPresent();
    return allowed
        ? Optional.empty()
        : Optional.of("is not called: n8n.allow_hosts does not have it");
  }

  private static Optional<HostRule> matching(List<HostRule> rules, String host, int port) {
    return rules.stream()
        .filter(rule -> rule instanceof HostPattern pattern && pattern.matches(host, port))
        .findFirst();
  }

  private Optional<String> refusalOf(Address address, String host, int port) {
    String at = "is not called: its address " + address;
    Optional<HostRule> denied = containing(deny, address);
    if (denied.isPresent()) {
      return Optional.of(at + " is in " + denied.get() + ", which n8n.deny_hosts has");
    }
    boolean named = containing(allow, address).isPresent();
    if (!allow.isEmpty() && !named && matching(allow, host, port).isEmpty()) {
      return Optional.of(at + " is not one of n8n.allow_hosts");
    }
    return named ? Optional.empty() : kind(address).map(kind -> at + " is " + kind);
  }

  private static Optional<HostRule> containing(List<HostRule> rules, Address address) {
    return rules.stream()
        .filter(rule ->
            rule instanceof Network network && address.readings().anyMatch(network::contains))
        .findFirst();
  }

  private Optional<String> kind(Address address) {
    return AddressKind.neverCalled(address)
        .map(kind -> kind + ", and n8n.allow_hosts does not name it")
        .or(() -> denyPrivate && AddressKind.PRIVATE.has(address)
            ? Optional.of(AddressKind.PRIVATE + ", which n8n.deny_private keeps from being called")
            : Optional.empty());
  }
}
