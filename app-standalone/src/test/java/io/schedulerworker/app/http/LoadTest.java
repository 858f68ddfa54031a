package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Health under load, as its caller sees it. The figures include this process's own clients, and are asserted with room
 * for a busy machine.
 */
class LoadTest {
  private static final int IDLE = 500;
  private static final int CONNECTIONS_A_SECOND = 1_000;
  private static final int SECONDS = Integer.getInteger("http.load.seconds", 3);
  private static final double WORST_P99_MILLIS = 250;
  private static final long MOST_HEAP_GROWTH = 16 << 20;

  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService callers = Executors.newFixedThreadPool(8);

  @AfterEach
  void stop() {
    pace.shutdownNow();
    callers.shutdownNow();
  }

  @Test
  void healthAnswersAmongIdleAndNewConnectionsAndMemoryDoesNotGrow() throws Exception {
    List<Wire> idle = new ArrayList<>();
    try (HttpService service = Services.with(Services.HEALTH)) {
      for (int i = 0; i < IDLE; i++) {
        idle.add(new Wire(service.address()));
      }
      probe(service, 200);
      long before = Heap.used();
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger failed = new AtomicInteger();
      var load = pace.scheduleAtFixedRate(
          () -> callers.execute(() -> connect(service, answered, failed)),
          0,
          1_000_000 / CONNECTIONS_A_SECOND,
          TimeUnit.MICROSECONDS);
      Figures figures = probe(service, Duration.ofSeconds(SECONDS));
      load.cancel(false);
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      long growth = Heap.used() - before;
      System.out.printf(
          "health among %d idle and %.0f new connections a second: %s, heap %+d KiB%n",
          IDLE, answered.get() / (double) SECONDS, figures, growth >> 10);
      assertThat(failed).hasValue(0);
      assertThat(answered.get()).isGreaterThan(SECONDS * CONNECTIONS_A_SECOND / 4);
      assertThat(figures.p99).isLessThan(WORST_P99_MILLIS);
      assertThat(growth).isLessThan(MOST_HEAP_GROWTH);
      assertThat(idle.get(0).say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
    } finally {
      close(idle);
    }
  }

  @Test
  void healthAnswersBesideClientsThatNeverPause() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    try (HttpService service = Services.with(Services.HEALTH)) {
      String many = Wire.get("/nowhere").repeat(100);
      for (int i = 0; i < 4; i++) {
        clients.add(CompletableFuture.runAsync(() -> pipeline(service, many, over), callers));
      }
      probe(service, 200);
      Figures figures = probe(service, Duration.ofSeconds(SECONDS));
      over.set(true);
      clients.forEach(CompletableFuture::join);
      System.out.printf("health beside 4 clients that pipeline without pause: %s%n", figures);
      assertThat(figures.p99).isLessThan(WORST_P99_MILLIS);
    }
  }

  private static void connect(HttpService service, AtomicInteger answered, AtomicInteger failed) {
    try {
      Wire.ask(service.address(), Wire.get("/api/health"));
      answered.incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
    }
  }

  private static void pipeline(HttpService service, String requests, AtomicBoolean over) {
    try (Wire wire = new Wire(service.address())) {
      while (!over.get()) {
        wire.say(requests);
        for (int i = 0; i < 100; i++) {
          wire.reply();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Figures probe(HttpService service, int times) throws IOException {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      nanos[i] = ask(service);
    }
    return Figures.of(nanos);
  }

  private static Figures probe(HttpService service, Duration time) throws IOException {
    List<Long> nanos = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      nanos.add(ask(service));
    }
    return Figures.of(nanos.stream().mapToLong(Long::longValue).toArray());
  }

  private static long ask(HttpService service) throws IOException {
    long start = System.nanoTime();
    assertThat(Wire.ask(service.address(), Wire.get("/api/health")).status()).isEqualTo(200);
    return System.nanoTime() - start;
  }

  private static void close(List<Wire> wires) throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  private record Figures(int count, double median, double p99, double worst) {
    static Figures of(long[] nanos) {
      Arrays.sort(nanos);
      return new Figures(
          nanos.length,
          millis(nanos[nanos.length / 2]),
          millis(nanos[nanos.length * 99 / 100]),
          millis(nanos[nanos.length - 1]));
    }

    private static double millis(long nanos) {
      return nanos / 1e6;
    }

    @Override
    public String toString() {
      return "%d probes, median %.1f ms, p99 %.1f ms, worst %.1f ms"
          .formatted(count, median, p99, worst);
    }
  }
}
