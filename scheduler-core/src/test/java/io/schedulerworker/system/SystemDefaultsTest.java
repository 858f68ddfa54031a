package io.schedulerworker.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemDefaultsTest {
  private final Clock clock = new SystemClock();

  @Test
  void aTimerRunsAfterItsDelayAndNotBefore() {
    CompletableFuture<Long> ran = new CompletableFuture<>();
    long began = clock.nanoTime();
    clock.after(Duration.ofMillis(50), () -> ran.complete(clock.nanoTime()));
    assertThat(ran).succeedsWithin(Duration.ofSeconds(10));
    assertThat(ran.join() - began).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void aTimerThatIsCancelledDoesNotRun() {
    CompletableFuture<Boolean> first = new CompletableFuture<>();
    CompletableFuture<Boolean> second = new CompletableFuture<>();
    clock.after(Duration.ofMillis(20), () -> first.complete(true)).cancel();
    clock.after(Duration.ofMillis(60), () -> second.complete(true));
    assertThat(second).succeedsWithin(Duration.ofSeconds(10));
    assertThat(first).isNotDone();
  }

  @Test
  void aTaskThatFailsDoesNotStopTheClock() {
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    clock.after(Duration.ZERO, () -> {
      throw new IllegalStateException("a test's timer fails on purpose");
    });
    clock.after(Duration.ofMillis(-5), () -> ran.complete(true));
    assertThat(ran).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void theWallClockIsTheMachines() {
    assertThat(clock.now())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void namesHaveTheirShapeAndDoNotRepeat() {
    SystemIds ids = new SystemIds();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(ids.traceSuffix()).matches("[a-z0-9]{8}");
      String owner = ids.ownerId();
      assertThat(owner).matches("[a-z0-9-]{14,64}");
      assertThat(seen.add(owner)).isTrue();
    }
  }

  @Test
  void threadsDoNotKeepTheProcessAlive() {
    ExecutorService executor = SystemThreads.newExecutor();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    executor.execute(() -> thread.complete(Thread.currentThread()));
    assertThat(thread).succeedsWithin(Duration.ofSeconds(10));
    assertThat(thread.join().isDaemon()).isTrue();
    assertThat(thread.join().getName()).startsWith("scheduler-worker-");
    executor.shutdown();
  }

  @Test
  void workWaitsForAThreadWhereThereIsNone() {
    AtomicInteger refusals = new AtomicInteger();
    ExecutorService executor = SystemThreads.newExecutor(task -> {
      if (refusals.getAndIncrement() < 2) {
        throw new OutOfMemoryError("unable to create native thread, says a test");
      }
      return new Thread(task);
    });
    CompletableFuture<Boolean> ran = new CompletableFuture<>();

    executor.execute(() -> ran.complete(true));

    assertThat(ran).succeedsWithin(Duration.ofSeconds(10));
    assertThat(refusals).hasValue(3);
    executor.shutdown();
  }
}
