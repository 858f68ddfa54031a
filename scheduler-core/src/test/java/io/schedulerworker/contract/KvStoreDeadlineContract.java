package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Calls end in time, or at once on an interrupt, and say whether they may have written. */
public abstract class KvStoreDeadlineContract extends KvStoreTestBase {
  /** More than any pause of a busy machine, less than a call that forgot its deadline. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** For adapters' tests. */
  protected KvStoreDeadlineContract() {}

  @Test
  void aDeadlineThatIsOverIsUnavailable() {
    Version version = put(key("present"), "value");

    new StoreCalls(store(), version, over())
        .all(key("present"))
        .forEach((name, call) -> assertThatThrownBy(call)
            .as(name)
            .isInstanceOfSatisfying(
                KvStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE)));
  }

  @Test
  void aDeadlineThatIsOverWritesNothing() {
    Version version = put(key("present"), "value");

    new StoreCalls(store(), version, over()).keyed(key("present")).values().forEach(this::attempt);
    new StoreCalls(store(), version, over())
        .writing(key("absent"), "written")
        .values()
        .forEach(this::attempt);

    assertThat(get(key("present"))).contains(new KvEntry(key("present"), "value", version));
    assertThat(get(key("absent"))).isEmpty();
  }

  @Test
  void deadlinesAreKeptUnderContention() throws Exception {
    String key = key("hot");
    String large = "v".repeat(1 << 20);
    put(key, large);

    List<Duration> longest = Race.of(16, number -> longestCall(key, large));

    assertThat(longest).allSatisfy(took -> assertThat(took).isLessThan(GRACE));
  }

  @Test
  void anInterruptKeepsTheFlagAndTellsTheTruth() {
    Version before = put(key("present"), "value");
    for (var call : new StoreCalls(store(), before, ample()).all(key("present")).entrySet()) {
      store().put(key("present"), "value", Ttl.NONE, ample());

      Throwable failure = interrupted(call.getValue());

      if (failure != null) {
        assertThat(failure).as(call.getKey()).isInstanceOf(KvStoreException.class);
        if (!((KvStoreException) failure).mayHaveHappened()) {
          assertThat(value(key("present"))).as(call.getKey()).contains("value");
        }
      }
    }
  }

  private Throwable interrupted(ThrowingCallable call) {
    Thread.currentThread().interrupt();
    try {
      return catchThrowable(call);
    } finally {
      assertThat(Thread.interrupted()).as("the flag after the call").isTrue();
    }
  }

  private Duration longestCall(String key, String value) {
    long longest = 0;
    for (int i = 0; i < 20 && longest < GRACE.toNanos(); i++) {
      long start = System.nanoTime();
      Deadline deadline = Deadline.in(Duration.ofMillis(50), REAL_TIME);
      boolean write = i % 2 == 0;
      attempt(() -> {
        if (write) {
          store().put(key, value, Ttl.NONE, deadline);
        } else {
          store().get(key, deadline);
        }
      });
      longest = Math.max(longest, System.nanoTime() - start);
    }
    return Duration.ofNanos(longest);
  }

  /** A call that may fail, but as the port says. */
  private void attempt(ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    if (failure != null) {
      assertThat(failure).isInstanceOf(KvStoreException.class);
    }
  }
}
