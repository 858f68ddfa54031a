package io.schedulerworker.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What requests on the API cost a fan-out, beside the same requests at another process: docs/benchmarks.md. */
public final class LoadBenchmark {
  private static final int PAIRS = 11;
  private static final int KPIS = 10_000;
  private static final int WARM_UPS = 20;
  private static final int A_SECOND = 200;
  private static final List<String> PATHS =
      List.of("/api/health", "/api/jobs", "/api/schedules", "/metrics");

  private LoadBenchmark() {}

  /** Two services, of which one has the jobs, and the other one the requests or not. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("load");
    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    try (BenchSink sink = new BenchSink();
        BenchProcess busy = serve(folder, "busy", sink);
        BenchProcess other = serve(folder, "other", sink)) {
      String jobs = busy.awaitUrl();
      String idle = other.awaitUrl();
      for (int i = 0; i < WARM_UPS; i++) {
        SpeedBenchmark.trigger(jobs);
        SpeedBenchmark.trigger(idle);
      }
      measure(sink, jobs, idle);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private static BenchProcess serve(Path folder, String name, BenchSink sink) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    return BenchProcess.serve(sink.registry(own, KPIS), own);
  }

  private static void measure(BenchSink sink, String jobs, String idle) throws Exception {
    double[] here = new double[PAIRS];
    double[] elsewhere = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      // In turn first, since a JVM gets faster with each job for a long time.
      boolean hereFirst = i % 2 == 0;
      double first = underLoad(sink, jobs, hereFirst ? jobs : idle);
      double second = underLoad(sink, jobs, hereFirst ? idle : jobs);
      here[i] = hereFirst ? first : second;
      elsewhere[i] = hereFirst ? second : first;
      System.out.printf(
          Locale.ROOT, "%d: here %.3f s, elsewhere %.3f s%n", i, here[i], elsewhere[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "a fan-out of %d KPIs under %d requests a second: %.3f s here, %.3f s elsewhere, ratio %.2f%n",
        KPIS,
        A_SECOND,
        SpeedBenchmark.median(here),
        SpeedBenchmark.median(elsewhere),
        SpeedBenchmark.median(here) / SpeedBenchmark.median(elsewhere));
  }

  /** Seconds from the first to the last call of a job, while somebody else asks all the time. */
  private static double underLoad(BenchSink sink, String jobs, String asked) throws Exception {
    try (Load load = new Load(asked)) {
      Thread.sleep(1_000);
      sink.report();
      int before = load.answers.get();
      long began = System.nanoTime();
      SpeedBenchmark.trigger(jobs);
      double took = (System.nanoTime() - began) / 1e9;
      int answers = load.answers.get() - before;
      BenchSink.Seen seen = sink.report();
      if (seen.calls() != KPIS || load.failures.get() > 0 || answers < took * A_SECOND / 2) {
        throw new IllegalStateException(
            seen + ", " + load.failures + " failures, " + answers + " answers in " + took + " s");
      }
      return seen.nanos() / 1e9;
    }
  }

  /** So many requests a second, whether or not the earlier ones are answered. */
  private static final class Load implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    Load(String url) throws IOException {
      long pause = TimeUnit.SECONDS.toMicros(1) / A_SECOND;
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(() -> ask(url), 0, pause, TimeUnit.MICROSECONDS);
    }

    private void ask(String url) {
      String path = PATHS.get(sent.getAndIncrement() % PATHS.size());
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
          .timeout(Duration.ofSeconds(30))
          .header("Authorization", "Bearer " + BenchProcess.KEY)
          .build();
      CompletableFuture<?> unused = client
          .sendAsync(request, BodyHandlers.discarding())
          .whenComplete((answer, failure) -> {
            if (failure != null || answer.statusCode() != 200) {
              failures.incrementAndGet();
            }
            answers.incrementAndGet();
          });
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
