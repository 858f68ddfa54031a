package io.schedulerworker.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@link MemoryKvStore} promises beyond the port. */
class MemoryKvStoreTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));
  private final MemoryKvStore store = new MemoryKvStore(clock);

  @Test
  void aValueLivesToTheNanosecond() {
    put("lease", MINUTE);

    clock.advance(MINUTE.minusNanos(1));
    assertThat(store.get("lease", soon())).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(store.get("lease", soon())).isEmpty();
  }

  @Test
  void jumpsOfTheWallClockExpireNothingAndProlongNothing() {
    put("lease", MINUTE);

    clock.setWallTime(clock.now().plus(Duration.ofDays(1)));
    assertThat(store.get("lease", soon())).isPresent();
    clock.setWallTime(clock.now().minus(Duration.ofDays(2)));
    clock.advance(MINUTE);
    assertThat(store.get("lease", soon())).isEmpty();
  }

  @Test
  void writesSweepAwayWhatExpired() {
    for (int i = 0; i < 1_000; i++) {
      put("mortal:" + i, MINUTE);
    }
    clock.advance(MINUTE);

    for (int i = 0; i < 300; i++) {
      store.put("ledger", "value " + i, Ttl.NONE, soon());
    }

    assertThat(store.items()).containsOnlyKeys("ledger");
  }

  @Test
  void aSteadyFlowOfMortalValuesKeepsTheMapSmall() {
    int most = 0;
    for (int i = 0; i < 20_000; i++) {
      put("progress:" + i, Duration.ofMillis(100));
      clock.advance(Duration.ofMillis(1));
      most = Math.max(most, store.items().size());
    }

    assertThat(most).as("100 live at any time").isLessThan(300);
  }

  @Test
  void aReadRemovesWhatExpired() {
    put("lease", MINUTE);
    clock.advance(MINUTE);

    assertThat(store.get("lease", soon())).isEmpty();

    assertThat(store.items()).isEmpty();
  }

  @Test
  void closingForgetsEverything() {
    store.put("job", "value", Ttl.NONE, soon());

    store.close();

    assertThat(store.items()).isEmpty();
  }

  @Test
  void theVersionIsADigestOfTheValue() {
    Version first = store.put("a", "abc", Ttl.NONE, soon());
    Version second = new MemoryKvStore(clock).put("b", "abc", Ttl.NONE, soon());

    assertThat(first).isEqualTo(second).hasToString("ba7816bf8f01cfea414140de5dae2223");
  }

  @Test
  void theVersionOfALongValueDoesNotDependOnItsChunks() {
    // With a single byte in front, pairs of surrogates lie across every boundary.
    String aligned = "😀".repeat(100_000);

    assertThat(store.put("a", "-" + aligned, Ttl.NONE, soon()))
        .hasToString("af9d2a5d1940be23391b415139236c1c");
  }

  @Test
  void anInterruptedThreadWritesNothing() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> store.put("job", "value", Ttl.NONE, soon()))
          .isInstanceOf(KvStoreException.class)
          .hasMessage("memory: job: the thread is interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(store.list(KvListing.ascending("", 1), soon()).entries()).isEmpty();
  }

  @Test
  void aFailureNamesTheKeyAndTheReason() {
    assertThatThrownBy(() -> store.get("job", Deadline.in(Duration.ZERO, clock)))
        .hasMessage("memory: job: the deadline is over");
  }

  private void put(String key, Duration ttl) {
    store.put(key, "value", Ttl.of(ttl), soon());
  }

  private Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), clock);
  }
}
