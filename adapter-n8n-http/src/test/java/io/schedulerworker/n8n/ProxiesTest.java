package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody's proxy is passed by. */
@Isolated("sets what is one for the whole process")
class ProxiesTest {
  @Test
  void whereThereIsNoneNobodyIsAsked() {
    assertThat(Proxies.selector()).isSameAs(HttpClient.Builder.NO_PROXY);
  }

  @Test
  void oneThatAPropertyNamesIsUsed() {
    for (String property : List.of("http.proxyHost", "https.proxyHost", "socksProxyHost")) {
      System.setProperty(property, "proxy.invalid");
      try {
        assertThat(Proxies.selector()).isSameAs(ProxySelector.getDefault());
      } finally {
        System.clearProperty(property);
      }
    }
  }

  @Test
  void oneThatTheProcessHasSetIsUsed() {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector own = new Direct();
    ProxySelector.setDefault(own);
    try {
      assertThat(Proxies.selector()).isSameAs(own);
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  private static final class Direct extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }
}
