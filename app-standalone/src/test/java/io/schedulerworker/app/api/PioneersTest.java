package io.schedulerworker.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.app.Await;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PioneersTest {
  private static final TraceId JOB = new TraceId("trace_20261128_185108_5pprnne8");
  private static final TraceId OTHER = new TraceId("trace_20261128_185108_6pprnne8");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    clients.shutdownNow();
  }

  @Test
  void whoComesWhileTheFirstIsAwayGoesOnceItIsBack() throws Exception {
    Pioneers pioneers = new Pioneers(clock, LONG);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    Future<Integer> first = clients.submit(() -> pioneers.follow(JOB, () -> {
      begun.countDown();
      await(back);
      return others.get();
    }));
    await(begun);
    List<Thread> followers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      followers.add(follower(pioneers, others));
    }
    Await.until(followers::toString, LONG, () -> followers.stream().allMatch(PioneersTest::waits));
    assertThat(pioneers.follow(OTHER, () -> "another job waits for nobody")).isNotNull();
    back.countDown();

    assertThat(first.get()).isZero();
    for (Thread follower : followers) {
      follower.join(LONG.toMillis());
    }
    assertThat(others).hasValue(8);
  }

  private static Thread follower(Pioneers pioneers, AtomicInteger others) {
    Thread follower = new Thread(() -> {
      try {
        pioneers.follow(JOB, others::incrementAndGet);
      } catch (InterruptedException e) {
        throw new IllegalStateException("the test is over", e);
      }
    });
    follower.start();
    return follower;
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void afterALongTimeOneGoesFirstAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    Pioneers pioneers = new Pioneers(clock, LONG);
    assertThat(pioneers.follow(JOB, () -> "first")).isEqualTo("first");
    clock.advance(Duration.ofMinutes(10));
    Future<Integer> first = clients.submit(() -> pioneers.follow(JOB, () -> {
      begun.countDown();
      await(back);
      return others.get();
    }));
    await(begun);
    Thread follower = follower(pioneers, others);
    Await.until(follower::toString, LONG, () -> waits(follower));
    back.countDown();

    assertThat(first.get()).isZero();
    follower.join(LONG.toMillis());
    assertThat(others).hasValue(1);
  }

  @Test
  void oneThatFailsIsBackToo() throws Exception {
    Pioneers pioneers = new Pioneers(clock, LONG);
    assertThatThrownBy(() -> pioneers.follow(JOB, () -> {
          throw new IllegalStateException("no store");
        }))
        .hasMessage("no store");

    assertThat(pioneers.follow(JOB, () -> "next")).isEqualTo("next");
  }

  @Test
  void nobodyWaitsForEver() throws Exception {
    Pioneers pioneers = new Pioneers(clock, Duration.ofMillis(1));
    CountDownLatch begun = new CountDownLatch(1);
    Future<Integer> lost = clients.submit(() -> pioneers.follow(JOB, () -> {
      begun.countDown();
      await(new CountDownLatch(1));
      return 0;
    }));
    await(begun);

    assertThat(pioneers.follow(JOB, () -> "went on")).isEqualTo("went on");
    assertThat(lost).isNotDone();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the test is over", e);
    }
  }
}
