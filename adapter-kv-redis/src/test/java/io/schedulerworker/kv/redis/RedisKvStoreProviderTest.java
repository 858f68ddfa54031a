package io.schedulerworker.kv.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.system.SystemClock;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis by URI. */
class RedisKvStoreProviderTest {
  @Test
  void isFound() {
    assertThat(ServiceLoader.load(KvStoreProvider.class))
        .singleElement()
        .satisfies(provider -> assertThat(provider.schemes())
            .containsExactlyInAnyOrder("redis", "rediss", "redis-sentinel", "redis-cluster"));
  }

  @Test
  void opensWithoutAServer() {
    new RedisKvStoreProvider()
        .open("redis://127.0.0.1:1/0?prefix=jobs:", new SystemClock())
        .close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis:",
        "redis://",
        "redis://:hunter2@",
        "redis://u:hunter2@h ost",
        "redis://u:hunter2@host:port",
        "redis://u:hunter2@host?prefx=x",
        "redis://u:hunter2@host/zero",
        "redis://u:hunter2@host:70000",
        "redis://u:hunter2@one,two",
        "redis://u:hunter2@host?tls=true",
        "redis://u:hunter2@host?master=m"
      })
  void whatIsNoAddressIsSaidWithoutThePassword(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RedisKvStoreProvider().open(uri, new SystemClock()))
        .satisfies(e -> assertThat(e).hasMessageContaining("://user:password@host"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
        .satisfies(e -> assertThat(e.getCause()).isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "redis-sentinel://u:hunter2@a:26379, the master is missing",
    "redis-sentinel://u:hunter2@a:x?master=m, host:port",
    "redis-sentinel://u:hunter2@a?master=m&tls=yes, true or false",
    "redis-sentinel://u:hunter2@a?master=m&sentinel=b, 'prefix, master, tls, ca'",
    "redis-cluster://u:hunter2@a/1, no databases",
    "'redis-cluster://u:hunter2@a,,b', host:port",
    "redis-cluster://u:hunter2%@a, %25"
  })
  void whatIsWrongWithAnAddressIsSaid(String uri, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RedisKvStoreProvider().open(uri, new SystemClock()))
        .withMessageContaining(expected)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }
}
