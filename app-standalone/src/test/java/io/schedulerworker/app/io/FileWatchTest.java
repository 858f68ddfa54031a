package io.schedulerworker.app.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Logs;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FileWatchTest {
  private final FileWatch watch = new FileWatch(Duration.ofMillis(5));
  private final BlockingQueue<String> values = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    watch.close();
  }

  private LastGood<String, String> files(String name, LastGood.Reader<String> reader) {
    LastGood<String, String> files = new LastGood<>(name, "0", "0", reader, text -> text);
    files.whenChanged(() -> values.add(name + " " + files.value()));
    return files;
  }

  private String next() throws InterruptedException {
    return values.poll(20, TimeUnit.SECONDS);
  }

  private static String after(CountDownLatch answer) throws UnreadableFileException {
    try {
      answer.await();
      return "late";
    } catch (InterruptedException e) {
      throw new UnreadableFileException("interrupted");
    }
  }

  @Test
  void filesAreLookedAtAgainAndAgain() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    watch.add(files("a", () -> String.valueOf(looks.incrementAndGet())));

    assertThat(next()).isEqualTo("a 1");
    assertThat(next()).isEqualTo("a 2");
  }

  @Test
  void oneThatDoesNotAnswerHoldsUpItselfAloneAndIsNamed() throws InterruptedException {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    try (Logs logs = new Logs()) {
      watch.add(files("hung", () -> after(answer)));
      watch.add(files("well", () -> String.valueOf(looks.incrementAndGet())));
      for (int i = 1; i <= 30; i++) {
        assertThat(next()).isEqualTo("well " + i);
      }
      while (logs.lines().stream().noneMatch(line -> line.contains("hung stays as it is"))) {
        Thread.onSpinWait();
      }
    }
    answer.countDown();
    String other = next();
    while (!other.startsWith("hung")) {
      other = next();
    }
    assertThat(other).isEqualTo("hung late");
  }
}
