package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.system.SystemClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptersTest {
  private final SystemClock clock = new SystemClock();

  @Test
  void theSameUriIsTheSameStore() {
    try (Adapters adapters = new Adapters(clock)) {
      assertThat(adapters.store("jobs_kv", "memory:"))
          .isSameAs(adapters.store("jobs_kv", "memory:"));
    }
  }

  @Test
  void theSchemesCaseDoesNotMatter() {
    try (Adapters adapters = new Adapters(clock)) {
      assertThat(adapters.store("jobs_kv", "MEMORY:")).isNotNull();
    }
  }

  @Test
  void closingClosesTheStores() {
    KvStore store;
    try (Adapters adapters = new Adapters(clock)) {
      store = adapters.store("jobs_kv", "memory:");
    }
    Deadline deadline = Deadline.in(Duration.ofSeconds(5), clock);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> store.get("key", deadline));
  }

  @Test
  void whatIsNoUriIsNamed() {
    try (Adapters adapters = new Adapters(clock)) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> adapters.store("jobs_kv", "somewhere"))
          .withMessageContainingAll("somewhere", "memory:");
    }
  }

  @Test
  void aUserAgentThatNoHeaderCanCarryIsRefused() {
    TriggerSettings settings = TriggerSettings.builder("hun\tter2").build();
    try (Adapters adapters = new Adapters(clock)) {
      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> adapters.trigger(settings))
          .withMessageNotContaining("ter2");
    }
  }
}
