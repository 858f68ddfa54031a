package io.schedulerworker.n8n;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies calls go through: those that the JVM's system properties name, or that somebody has set for the whole
 * process. To ask for them costs something with every call, so nobody is asked where there can be none.
 */
final class Proxies {
  private static final String OF_THE_JDK = "sun.net.spi.DefaultProxySelector";

  private Proxies() {}

  static ProxySelector selector() {
    ProxySelector selector = ProxySelector.getDefault();
    return selector == null || isIdle(selector) ? HttpClient.Builder.NO_PROXY : selector;
  }

  /** Whether there can be none. */
  static boolean none() {
    return selector() == HttpClient.Builder.NO_PROXY;
  }

  private static boolean isIdle(ProxySelector selector) {
    return selector.getClass().getName().equals(OF_THE_JDK)
        && Stream.of("http.proxyHost", "https.proxyHost", "socksProxyHost", "proxyHost")
            .map(System::getProperty)
            .allMatch(Proxies::isBlank)
        && !Boolean.getBoolean("java.net.useSystemProxies");
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }
}
