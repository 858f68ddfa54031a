package io.schedulerworker.reach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which hosts may be called. In this order:
 *
 * <ol>
 *   <li>An address in another notation than four decimal numbers, or IPv6 with nothing unusual in it, is not called:
 *       programs read it differently.
 *   <li>What the deny list names is not called.
 *   <li>If there is an allow list, what it does not name is not called: neither by a pattern of the host's name, nor, for
 *       each of its addresses, by a network.
 *   <li>Link-local, metadata and multicast addresses are not called, and, if so set, private ones; unless a network of
 *       the allow list has them in it.
 * </ol>
 *
 * <p>A name is judged by all its addresses: one that is not to be called is enough. A mapped address is the IPv4 address
 * that it maps. One that carries an IPv4 address (NAT64, 6to4) is denied as either, and allowed as itself alone. Prefixes
 * that somebody has chosen for NAT64 are not known here. Immutable, thread-safe.
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
    if (host.startsWith("[") || Ipv4Text.isNumeric(Hosts.plain(host))) {
      return Optional.of(
          "is not called: it is an address in a notation that programs read differently;"
              + " write IPv4 as four decimal numbers without leading zeros, in IPv6 too");
    }
    boolean addressesDecide = allow.stream().anyMatch(Network.class::isInstance);
    return refusalOfName(host, port)
        .or(() -> addressesDecide ? Optional.empty() : notAllowed(host, port));
  }

  /**
   * Why a host is not called.
   *
   * @param host as in a URL
   * @param port the port that is called
   * @param addresses all that the name resolves to, 4 or 16 bytes each; empty if they are not known, and the name alone
   *     is judged
   * @return the reason, to be read after the host's name; empty if it may be called
   * @throws IllegalArgumentException if an address has another number of bytes
   */
  public Optional<String> refusal(String host, int port, List<byte[]> addresses) {
    return refusal(host, port)
        .or(() -> addresses.isEmpty() && literal(host).isEmpty()
            ? notAllowed(host, port)
            : refusal(host, port, addresses.stream().map(Address::of)));
  }

  private Optional<String> refusal(String host, int port, Stream<Address> addresses) {
    return refusalOfName(host, port)
        .or(() -> addresses
            .flatMap(address -> refusalOf(address, host, port).stream())
            .findFirst());
  }

  private static Optional<Address> literal(String host) {
    return host.startsWith("[") && host.endsWith("]")
        ? Address.parse(host.substring(1, host.length() - 1))
        : Address.parse(Hosts.plain(host));
  }

  private Optional<String> refusalOfName(String host, int port) {
    return matching(deny, host, port).map(rule -> "is not called: n8n.deny_hosts has " + rule);
  }

  private Optional<String> notAllowed(String host, int port) {
    return allow.isEmpty() || matching(allow, host, port).isPresent()
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
    Optional<HostRule> denied = address
        .readings()
        .flatMap(reading -> containing(deny, reading).stream())
        .findFirst();
    if (denied.isPresent()) {
      return Optional.of(at + " is in " + denied.get() + ", which n8n.deny_hosts has");
    }
    if (containing(allow, address).isEmpty() && notAllowed(host, port).isPresent()) {
      return Optional.of(at + " is not one of n8n.allow_hosts");
    }
    return address
        .readings()
        .filter(reading -> containing(allow, reading).isEmpty())
        .flatMap(reading -> kind(reading).stream())
        .findFirst()
        .map(kind -> at + " is " + kind);
  }

  private static Optional<HostRule> containing(List<HostRule> rules, Address address) {
    return rules.stream()
        .filter(rule -> rule instanceof Network network && network.contains(address))
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
