package io.schedulerworker.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Where a service on this machine is reached. */
final class ServiceUrl {
  /** What listens on all addresses takes IPv4 too, which not every machine has as {@code ::1}. */
  private static final String LOOPBACK = "127.0.0.1";

  private ServiceUrl() {}

  /** The URL for callers on this machine. */
  static URI of(InetSocketAddress listening) {
    InetAddress address = listening.getAddress();
    String host = address.isAnyLocalAddress() ? LOOPBACK : address.getHostAddress();
    return URI.create("http://" + inUrl(host) + ":" + listening.getPort());
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host.replace("%", "%25") + "]" : host;
  }
}
