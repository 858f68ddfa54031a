package io.schedulerworker.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2025-08-14T12:00:00Z"));
  private final ManualExecutor executor = new ManualExecutor();
  private final AtomicInteger begun = new AtomicInteger();

  private void pass(Duration time) {
    clock.advance(time);
    executor.runAll();
  }

  @Test
  void whatGoesWrongInARoundEndsNeitherItsFollowersNorItsClose() {
    Rounds rounds = new Rounds(clock, executor, () -> {
      if (begun.incrementAndGet() == 1) {
        throw new AssertionError("broken");
      }
      return Optional.of(PAUSE);
    });
    rounds.start();
    executor.runAll();
    pass(Duration.ofSeconds(5));
    pass(PAUSE);
    assertThat(begun).hasValue(3);
    rounds.close();
    pass(PAUSE);
    assertThat(begun).hasValue(3);
    assertThat(rounds.isClosed()).isTrue();
  }

  @Test
  void ofAnExceptionAfterTheCloseNobodyNeedsToKnowButOfAnError() {
    Rounds rounds = new Rounds(clock, executor, Optional::empty);
    IllegalStateException closed = new IllegalStateException("the store is closed");
    OutOfMemoryError full = new OutOfMemoryError("heap");
    assertThat(rounds.unlessClosed(Level.WARNING, closed)).isEqualTo(Level.WARNING);
    assertThat(rounds.unlessClosed(Level.WARNING, full)).isEqualTo(Level.WARNING);
    rounds.close();
    assertThat(rounds.unlessClosed(Level.WARNING, closed)).isEqualTo(Level.DEBUG);
    assertThat(rounds.unlessClosed(Level.WARNING, full)).isEqualTo(Level.WARNING);
  }
}
