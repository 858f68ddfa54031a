package io.schedulerworker.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MemoryKvStoreProviderTest {
  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final KvStoreProvider provider = new MemoryKvStoreProvider();

  @Test
  void theServiceLoaderFindsTheScheme() {
    assertThat(ServiceLoader.load(KvStoreProvider.class))
        .flatExtracting(KvStoreProvider::schemes)
        .contains("memory");
  }

  @Test
  void everyStoreIsNewAndEmpty() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(5), clock);
    try (KvStore first = provider.open("memory:", clock);
        KvStore second = provider.open("memory:", clock)) {
      first.put("key", "value", Ttl.NONE, deadline);

      assertThat(second.get("key", deadline)).isEmpty();
    }
  }

  @Test
  void nothingFollowsTheColon() {
    for (String uri : List.of("memory", "memory:jobs", "memory://", "memory:?size=1")) {
      assertThatThrownBy(() -> provider.open(uri, clock))
          .as(uri)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nothing follows the colon");
    }
  }

  @Test
  void aMistakenUriIsNotShownForItMayHoldAPassword() {
    assertThatThrownBy(() -> provider.open("memory://user:secret@host", clock))
        .message()
        .doesNotContain("secret");
  }
}
