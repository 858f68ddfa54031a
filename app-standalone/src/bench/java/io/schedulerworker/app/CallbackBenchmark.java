package io.schedulerworker.app;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.model.TraceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many ends of one great job a service that has just begun takes: docs/benchmarks.md. */
public final class CallbackBenchmark {
  private static final int ROUNDS = 5;
  private static final int KPIS = 10_000;
  private static final int CLIENTS = 32;
  private static final String COMPLETED = "{\"status\":\"completed\"}";
  private static final String JSON = "Content-Type";
  private static final String TYPE = "application/json";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Pattern TRACE_ID = Pattern.compile("trace_\\w+");

  private CallbackBenchmark() {}

  /** One service after the other, each with a job of its own. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("callbacks");
    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    try (BenchSink sink = new BenchSink()) {
      double[] rates = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        rates[i] = round(sink, Files.createDirectory(folder.resolve("round-" + i)));
      }
      System.out.printf(
          Locale.ROOT, "the median: %.0f callbacks a second%n", SpeedBenchmark.median(rates));
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private static double round(BenchSink sink, Path folder) throws Exception {
    try (BenchProcess process = serve(sink, folder)) {
      URI service = URI.create(process.awaitUrl());
      CallbackSigner signer = new CallbackSigner(service, SECRET);
      TraceId job = job(service);
      Sent ends = send(
          service,
          kpi -> RawConnection.request("POST", target(signer, job, kpi), COMPLETED, JSON, TYPE));
      Sent bare = send(service, kpi -> RawConnection.request("GET", "/api/health/live", ""));
      System.out.printf(
          Locale.ROOT,
          "%.0f callbacks a second, %s; then %.0f a second of GET /api/health/live%n",
          ends.rate(),
          ends.times(),
          bare.rate());
      return ends.rate();
    }
  }

  private static BenchProcess serve(BenchSink sink, Path folder) throws Exception {
    return BenchProcess.serve(
        sink.registry(folder, KPIS),
        folder,
        "--public-url",
        "http://127.0.0.1",
        "--callback-secret",
        SECRET);
  }

  private static TraceId job(URI service) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/trigger?wait=true"))
        .header("Authorization", "Bearer " + BenchProcess.KEY)
        .POST(BodyPublishers.noBody())
        .build();
    String answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Matcher name = TRACE_ID.matcher(answer);
    if (!name.find()) {
      throw new IllegalStateException(answer);
    }
    return new TraceId(name.group());
  }

  private static String target(CallbackSigner signer, TraceId job, int kpi) {
    URI url = URI.create(signer.of(job, "kpi-%06d".formatted(kpi), 0));
    return url.getRawPath() + "?" + url.getRawQuery();
  }

  /** One request for each KPI, by so many clients as fast as each is answered: bare sockets, which cost little. */
  private static Sent send(URI service, IntFunction<String> request) throws Exception {
    List<byte[]> requests = IntStream.range(0, KPIS)
        .mapToObj(kpi -> request.apply(kpi).getBytes(StandardCharsets.US_ASCII))
        .toList();
    long[] nanos = new long[KPIS];
    AtomicInteger next = new AtomicInteger();
    Callable<Void> one = () -> {
      try (RawConnection connection = new RawConnection(service)) {
        for (int i = next.getAndIncrement(); i < KPIS; i = next.getAndIncrement()) {
          long began = System.nanoTime();
          connection.say(requests.get(i));
          OpenApi.Answer answer = connection.answer(false);
          nanos[i] = System.nanoTime() - began;
          if (answer.status() != 200) {
            throw new IllegalStateException("answered " + answer);
          }
        }
      }
      return null;
    };
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    long began = System.nanoTime();
    try {
      for (Future<Void> done : clients.invokeAll(Collections.nCopies(CLIENTS, one))) {
        done.get();
      }
    } finally {
      clients.shutdown();
    }
    long took = System.nanoTime() - began;
    Arrays.sort(nanos);
    return new Sent(took, nanos);
  }

  /** What came of it; the times of single requests in order. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  private record Sent(long tookNanos, long[] nanos) {
    double rate() {
      return KPIS * 1e9 / tookNanos;
    }

    String times() {
      return String.format(
          Locale.ROOT,
          "median %.0f ms, p99 %.0f ms, longest %.0f ms",
          nanos[KPIS / 2] / 1e6,
          nanos[KPIS * 99 / 100] / 1e6,
          nanos[KPIS - 1] / 1e6);
    }
  }
}
