package io.schedulerworker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.port.Clock.Timer;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private static final Instant START = Instant.parse("2026-03-29T00:59:59Z");

  private final SimulatedClock clock = new SimulatedClock(START);
  private final List<String> log = new ArrayList<>();

  @Test
  void standsStillUntilItIsMoved() {
    long nanos = clock.nanoTime();

    assertThat(clock.now()).isEqualTo(START).isEqualTo(clock.now());
    assertThat(clock.nanoTime()).isEqualTo(nanos);
  }

  @Test
  void movesWallAndMonotonicTimeTogether() {
    long nanos = clock.nanoTime();

    clock.advance(Duration.ofMillis(1500));

    assertThat(clock.now()).isEqualTo(START.plusMillis(1500));
    assertThat(clock.nanoTime() - nanos).isEqualTo(1_500_000_000L);
  }

  @Test
  void monotonicTimeOverflowsAfterAnHourAndDeadlinesDoNotMind() {
    Deadline deadline = Deadline.in(Duration.ofHours(3), clock);
    long nanos = clock.nanoTime();

    clock.advance(Duration.ofHours(2));

    assertThat(clock.nanoTime()).isLessThan(nanos);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void runsTimersInOrderOfTheirTimeThenOfTheirCreation() {
    note("late", 3);
    note("early", 1);
    note("second of two", 2);
    note("third of two", 2);

    clock.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("early@1", "second of two@2", "third of two@2", "late@3");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void leavesTimersBeyondTheSpan() {
    note("later", 5);

    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(log).isEmpty();
    assertThat(clock.pendingTimers()).isEqualTo(1);

    clock.advance(Duration.ofNanos(1));
    assertThat(log).containsExactly("later@5");
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void runsTimersThatATimerSetsWithinTheSpan() {
    clock.after(Duration.ofSeconds(1), () -> note("child", 1));
    note("sibling", 3);

    clock.advance(Duration.ofSeconds(3));

    assertThat(log).containsExactly("child@2", "sibling@3");
  }

  @Test
  void neverRunsATaskWithinAfter() {
    note("zero", 0);
    clock.after(Duration.ofSeconds(-7), () -> log.add("negative"));
    assertThat(log).isEmpty();

    clock.advance(Duration.ZERO);

    assertThat(log).containsExactly("zero@0", "negative");
  }

  @Test
  void keepsATimerOfTheEndOfAllDays() {
    clock.after(Duration.ofSeconds(Long.MAX_VALUE), () -> log.add("doomsday"));

    clock.advance(Duration.ofDays(36_500));

    assertThat(log).isEmpty();
    assertThat(clock.pendingTimers()).isEqualTo(1);
  }

  @Test
  void doesNotRunWhatWasCancelled() {
    Timer first = clock.after(Duration.ofSeconds(1), () -> log.add("first"));
    Timer third = clock.after(Duration.ofSeconds(3), () -> log.add("third"));
    clock.after(Duration.ofSeconds(2), third::cancel);
    first.cancel();
    first.cancel();

    clock.advance(Duration.ofSeconds(5));

    assertThat(log).isEmpty();
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void goesToTheNextTimerAndNoFurther() {
    note("one", 2);
    note("two", 2);
    note("three", 4);

    assertThat(clock.advanceToNextTimer()).isTrue();
    assertThat(log).containsExactly("one@2", "two@2");
    assertThat(clock.advanceToNextTimer()).isTrue();
    assertThat(clock.now()).isEqualTo(START.plusSeconds(4));
    assertThat(clock.advanceToNextTimer()).isFalse();
    assertThat(clock.now()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void setsTheWallClockAlone() {
    note("timer", 10);
    long nanos = clock.nanoTime();

    clock.setWallTime(START.minusSeconds(3600));
    clock.advance(Duration.ofSeconds(9));

    assertThat(clock.now()).isEqualTo(START.minusSeconds(3591));
    assertThat(clock.nanoTime() - nanos).isEqualTo(9_000_000_000L);
    assertThat(log).isEmpty();
  }

  @Test
  void throwsWhatATaskThrewOnceTheSpanIsOver() {
    AssertionError first = new AssertionError("first");
    IllegalStateException second = new IllegalStateException("second");
    clock.after(Duration.ofSeconds(1), () -> fail(first));
    clock.after(Duration.ofSeconds(2), () -> fail(second));
    note("healthy", 3);

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(4)))
        .isSameAs(first)
        .hasSuppressedException(second);

    assertThat(log).containsExactly("healthy@3");
    assertThat(clock.now()).isEqualTo(START.plusSeconds(4));
    assertThat(clock.pendingTimers()).isZero();
  }

  @Test
  void refusesToGoBack() {
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToBeMovedByItsOwnTimer() {
    clock.after(Duration.ofSeconds(1), () -> clock.advance(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(5)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(clock.now()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void addsUpTheSpansOfSeveralThreads() throws InterruptedException {
    AtomicInteger runs = new AtomicInteger();
    Runnable move = () -> {
      for (int i = 0; i < 500; i++) {
        clock.after(Duration.ofMillis(1), runs::incrementAndGet);
        clock.advance(Duration.ofMillis(1));
      }
    };
    List<Thread> threads = List.of(new Thread(move), new Thread(move), new Thread(move));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(clock.now()).isEqualTo(START.plusMillis(1500));
    assertThat(runs).hasValue(1500);
  }

  private void note(String text, int seconds) {
    clock.after(
        Duration.ofSeconds(seconds),
        () -> log.add(text + "@" + Duration.between(START, clock.now()).toSeconds()));
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static void fail(Error failure) {
    throw failure;
  }
}
