package io.schedulerworker.app;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Where a service on this machine is reached. */
final class ServiceUrl {
  private ServiceUrl() {}

  /** The URL for callers on this machine; what listens on all addresses is reached by loopback. */
  static URI of(InetSocketAddress listening) {
    InetAddress address = listening.getAddress();
    String host = address.isAnyLocalAddress() ? loopback(address) : address.getHostAddress();
    return URI.create("http://" + inUrl(host) + ":" + listening.getPort());
  }

  private static String loopback(InetAddress any) {
    return any instanceof Inet6Address ? "::1" : "127.0.0.1";
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
  }
}
