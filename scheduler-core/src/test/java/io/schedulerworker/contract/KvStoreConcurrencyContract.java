package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads and one key. */
public abstract class KvStoreConcurrencyContract extends KvStoreTestBase {
  private static final int THREADS = 16;
  private static final int ROUNDS = 30;

  /** For adapters' tests. */
  protected KvStoreConcurrencyContract() {}

  @Test
  void oneOfManyCreatesAValue() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = key("create:" + round);

      List<Optional<Version>> results =
          Race.of(THREADS, number -> putIfAbsent(key, "by " + number));

      assertOneWinner(key, results);
    }
  }

  @Test
  void oneOfManyCreatesAValueWhereOneExpired() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      put(key("expired:" + round), "mortal", Duration.ofMillis(1));
    }
    harness().advance(Duration.ofMillis(1_100));

    for (int round = 0; round < ROUNDS; round++) {
      String key = key("expired:" + round);

      List<Optional<Version>> results =
          Race.of(THREADS, number -> putIfAbsent(key, "by " + number));

      assertOneWinner(key, results);
    }
  }

  @Test
  void oneOfManyReplacesAVersion() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = key("replace:" + round);
      Version version = put(key, "original");

      List<Optional<Version>> results =
          Race.of(THREADS, number -> replace(key, "by " + number, version));

      assertOneWinner(key, results);
    }
  }

  @Test
  void oneOfManyDeletesAVersion() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = key("delete:" + round);
      Version version = put(key, "original");

      List<Boolean> results = Race.of(THREADS, number -> deleteIfUnchanged(key, version));

      assertThat(results).containsOnlyOnce(true);
      assertThat(get(key)).isEmpty();
    }
  }

  @Test
  void noIncrementIsLost() throws Exception {
    String key = key("counter");
    put(key, "0");
    int each = 25;

    Race.of(THREADS, number -> {
      for (int i = 0; i < each; i++) {
        increment(key);
      }
      return number;
    });

    assertThat(value(key)).contains(Integer.toString(THREADS * each));
  }

  @Test
  void aClaimKeepsAllOthersOut() throws Exception {
    String key = key("mutex");
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int each = 5;

    Race.of(THREADS, number -> {
      for (int i = 0; i < each; i++) {
        Version claim = claim(key, number + " " + i);
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.sleep(1); // Long enough to be caught.
        inside.decrementAndGet();
        assertThat(deleteIfUnchanged(key, claim)).isTrue();
      }
      return number;
    });

    assertThat(most).hasValue(1);
    assertThat(get(key)).isEmpty();
  }

  @Test
  void readsNeverSeeATornValue() throws Exception {
    String key = key("torn");
    put(key, "0".repeat(10_000));

    Race.of(THREADS, number -> {
      for (int i = 0; i < 25; i++) {
        if (number % 2 == 0) {
          put(key, Integer.toString(i % 10).repeat(10_000 + i % 10));
        } else {
          assertWhole(get(key).orElseThrow().value());
        }
      }
      return number;
    });
  }

  @Test
  void writersOfDifferentKeysDoNotDisturbEachOther() throws Exception {
    Race.of(THREADS, number -> {
      String key = key("own:" + number);
      Version version = putIfAbsent(key, "0").orElseThrow();
      for (int i = 1; i <= 25; i++) {
        version =
            store().replaceIfUnchanged(key, "" + i, version, Ttl.NONE, ample()).orElseThrow();
      }
      return number;
    });

    for (int number = 0; number < THREADS; number++) {
      assertThat(value(key("own:" + number))).contains("25");
    }
  }

  private void assertOneWinner(String key, List<Optional<Version>> results) {
    assertThat(results.stream().filter(Optional::isPresent)).as("winners").hasSize(1);
    int winner =
        results.indexOf(results.stream().filter(Optional::isPresent).findAny().get());
    assertThat(get(key))
        .contains(new KvEntry(key, "by " + winner, results.get(winner).orElseThrow()));
  }

  private void increment(String key) {
    Optional<Version> written;
    do {
      KvEntry entry = get(key).orElseThrow();
      int next = Integer.parseInt(entry.value()) + 1;
      written = replace(key, Integer.toString(next), entry.version());
    } while (written.isEmpty());
  }

  private Version claim(String key, String owner) throws InterruptedException {
    Optional<Version> claim = putIfAbsent(key, owner);
    while (claim.isEmpty()) {
      Thread.sleep(1);
      claim = putIfAbsent(key, owner);
    }
    return claim.get();
  }

  private static void assertWhole(String value) {
    char digit = value.charAt(0);
    assertThat(value.chars().allMatch(unit -> unit == digit))
        .as("written at once")
        .isTrue();
    assertThat(value.length() % 10_000).isIn(0, digit - '0');
  }
}
