package io.schedulerworker.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How fast jobs call, beside a bare loop of the JDK's client, at a sink on loopback: docs/benchmarks.md. */
public final class SpeedBenchmark {
  private static final int PAIRS = Integer.getInteger("bench.pairs", 5);
  private static final int KPIS = Integer.getInteger("bench.kpis", 100_000);
  private static final int WARM_UPS = 8;
  private static final int IN_FLIGHT = 32;

  private final Path folder = Files.createTempDirectory("speed");
  private final BenchSink sink = new BenchSink();

  private SpeedBenchmark() throws IOException {}

  /** Runs all, or those whose names are given. */
  public static void main(String[] arguments) throws Exception {
    List<String> wanted =
        arguments.length == 0 ? List.of("cold", "warm", "ten-thousand", "wrk") : List.of(arguments);
    SpeedBenchmark benchmark = new SpeedBenchmark();
    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    for (String name : wanted) {
      switch (name) {
        case "cold" -> benchmark.cold();
        case "warm" -> benchmark.warm();
        case "ten-thousand" -> benchmark.tenThousand();
        case "clients" -> benchmark.clients();
        case "wrk" -> benchmark.wrk();
        default -> throw new IllegalArgumentException(name);
      }
    }
    benchmark.close();
  }

  private void close() throws Exception {
    sink.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  /** A run in a new process, a bare loop in a new process, and so on. */
  private void cold() throws Exception {
    double[] ours = new double[PAIRS];
    double[] bare = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      sink.report();
      Path data = folder.resolve("cold-" + i);
      BenchProcess.run(sink.registry(folder, KPIS), data).end();
      BenchSink.Seen seen = sink.report();
      ours[i] = seen.rate();
      BenchProcess loop = bare(KPIS, seen.connections(), 1, 1);
      loop.round();
      loop.end();
      BenchSink.Seen other = sink.report();
      bare[i] = other.rate();
      pair("cold", i, seen, other);
    }
    result("cold", ours, bare);
  }

  private BenchProcess bare(int calls, int inFlight, int rounds, int clients) throws IOException {
    BenchProcess loop = new BenchProcess(
        BenchProcess.JAVA,
        "-cp",
        System.getProperty("java.class.path"),
        BareLoop.class.getName(),
        sink.url(),
        String.valueOf(calls),
        String.valueOf(inFlight),
        String.valueOf(rounds),
        String.valueOf(clients));
    loop.line();
    return loop;
  }

  /** Jobs of one process that serves, and rounds of one bare loop, in turn. */
  private void warm() throws Exception {
    Path data = folder.resolve("warm");
    BenchProcess serve = BenchProcess.serve(sink.registry(folder, KPIS), data);
    String url = serve.awaitUrl();
    trigger(url);
    int inFlight = sink.report().connections();
    BenchProcess loop = bare(KPIS, inFlight, WARM_UPS + PAIRS, 1);
    for (int i = 1; i < WARM_UPS; i++) {
      trigger(url);
    }
    for (int i = 0; i < WARM_UPS; i++) {
      loop.round();
    }
    double[] ours = new double[PAIRS];
    double[] bare = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      sink.report();
      trigger(url);
      BenchSink.Seen seen = sink.report();
      loop.round();
      BenchSink.Seen other = sink.report();
      ours[i] = seen.rate();
      bare[i] = other.rate();
      pair("warm", i, seen, other);
    }
    result("warm, " + inFlight + " in flight", ours, bare);
    serve.destroy();
    loop.end();
  }

  static void trigger(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/trigger?wait=true"))
        .header("Authorization", "Bearer " + BenchProcess.KEY)
        .POST(BodyPublishers.noBody())
        .build();
    int status =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("answered " + status);
    }
  }

  /** Warm bare loops alone, with one client and with more, in turn. */
  private void clients() throws Exception {
    int[] counts = {1, 2, 4};
    double[][] rates = new double[counts.length][PAIRS];
    BenchProcess[] loops = new BenchProcess[counts.length];
    for (int i = 0; i < counts.length; i++) {
      loops[i] = bare(KPIS, IN_FLIGHT, WARM_UPS + PAIRS, counts[i]);
      for (int round = 0; round < WARM_UPS; round++) {
        loops[i].round();
      }
    }
    sink.report();
    for (int round = 0; round < PAIRS; round++) {
      for (int i = 0; i < counts.length; i++) {
        loops[i].round();
        rates[i][round] = sink.report().rate();
      }
    }
    for (int i = 0; i < counts.length; i++) {
      loops[i].end();
      System.out.printf(
          Locale.ROOT,
          "bare loop, clients: %d, calls/s: median %.0f of %s%n",
          counts[i],
          median(rates[i]),
          Arrays.stream(rates[i]).mapToLong(Math::round).boxed().toList());
    }
  }

  private void tenThousand() throws Exception {
    double[] seconds = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      Path data = folder.resolve("ten-" + i);
      long began = System.nanoTime();
      BenchProcess.run(sink.registry(folder, 10_000), data).end();
      seconds[i] = (System.nanoTime() - began) / 1e9;
      sink.report();
    }
    System.out.printf(
        Locale.ROOT,
        "run of 10 000 KPIs, start to end: median %.2f s of %s%n",
        median(seconds),
        Arrays.toString(seconds));
  }

  /** Needs wrk on the path. */
  private void wrk() throws Exception {
    Path script = Files.writeString(folder.resolve("post.lua"), """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = string.rep("x", 300)
        """);
    try {
      BenchProcess wrk = new BenchProcess(
          "wrk", "-t1", "-c32", "-d5s", "-s", script.toString(), sink.url() + "kpi");
      for (String line = wrk.line(); line != null; line = wrk.line()) {
        if (line.startsWith("Requests/sec")) {
          System.out.println("wrk, 32 in flight: " + line);
        }
      }
    } catch (IOException e) {
      System.out.println("no wrk here: " + e.getMessage());
    }
    sink.report();
  }

  private static void pair(String what, int number, BenchSink.Seen ours, BenchSink.Seen bare) {
    System.out.printf(
        Locale.ROOT,
        "%s %d: ours %d calls, %.0f a second, %d connections; bare %d, %.0f, %d%n",
        what,
        number,
        ours.calls(),
        ours.rate(),
        ours.connections(),
        bare.calls(),
        bare.rate(),
        bare.connections());
  }

  private static void result(String what, double[] ours, double[] bare) {
    System.out.printf(
        Locale.ROOT,
        "%s: ours %.0f calls/s, bare loop %.0f, ratio %.2f%n",
        what,
        median(ours),
        median(bare),
        median(ours) / median(bare));
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
