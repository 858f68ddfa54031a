package io.schedulerworker.app.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LooksTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger looked = new AtomicInteger();

  private Looks looks(Executor background) {
    return new Looks(looked::incrementAndGet, nanos::get, background);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void onceASecondIsEnough() {
    Looks looks = looks(Runnable::run);

    pass(Duration.ofMillis(999));
    looks.refresh();
    assertThat(looked).hasValue(0);
    pass(Duration.ofMillis(1));
    looks.refresh();
    looks.refresh();
    assertThat(looked).hasValue(1);
  }

  @Test
  void theFirstToAskAfterALongTimeWaitsForTheLook() {
    ExecutorService background = Executors.newSingleThreadExecutor();
    try {
      Looks looks = looks(background);
      pass(Duration.ofDays(1));
      looks.refresh();
      assertThat(looked).hasValue(1);
    } finally {
      background.shutdown();
    }
  }

  @Test
  @Timeout(30)
  void aLookWithoutAnEndHoldsUpAllTogetherForAMomentOnly() {
    List<Runnable> begun = new ArrayList<>();
    Looks looks = looks(begun::add);
    pass(Duration.ofDays(1));
    looks.refresh();
    pass(Duration.ofMillis(250));

    for (int i = 0; i < 1000; i++) {
      looks.refresh();
    }
    pass(Duration.ofDays(1));
    looks.refresh();

    assertThat(begun).hasSize(1);
    assertThat(looked).hasValue(0);
    begun.get(0).run();
    pass(Duration.ofSeconds(1));
    begun.clear();
    looks.refresh();
    assertThat(begun).hasSize(1);
  }

  @Test
  void aLookThatThrowsIsNotTheLast() {
    Looks looks = new Looks(this::broken, nanos::get, Runnable::run);
    for (int i = 0; i < 3; i++) {
      pass(Duration.ofSeconds(1));
      looks.refresh();
    }
    assertThat(looked).hasValue(3);
  }

  private void broken() {
    looked.incrementAndGet();
    throw new IllegalStateException("broken");
  }
}
