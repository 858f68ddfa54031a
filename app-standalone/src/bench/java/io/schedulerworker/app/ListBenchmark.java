package io.schedulerworker.app;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.kv.redis.RedisServer;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine;

/** How long lists of the newest of many jobs take: docs/benchmarks.md. */
public final class ListBenchmark {
  private static final int JOBS = 100_000;
  private static final int RARE = 5_000;
  private static final int WARM_UP = 30;
  private static final int SAMPLES = 100;
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final Ttl LIFE = Ttl.of(Duration.ofDays(90));
  private static final List<String> QUERIES = List.of("", "status=failed");

  private ListBenchmark() {}

  /** On a file and on Redis. */
  public static void main(String[] arguments) throws IOException {
    JdkTuning.apply();
    Path directory = Files.createTempDirectory("list-benchmark");
    System.out.printf("%d jobs, JDK %s%n", JOBS, Runtime.version());
    measure("file:", "file:" + directory.resolve("jobs"));
    try (RedisServer redis = RedisServer.start(directory)) {
      measure("redis:", redis.uri("?prefix=jobs:"));
    }
  }

  private static void measure(String name, String uri) {
    fill(uri);
    report(name, "opening and closing", () -> opening(uri));
    for (String query : QUERIES) {
      String[] flags = query.isEmpty() ? new String[0] : new String[] {"--" + query};
      report(name, "jobs list " + String.join(" ", flags), () -> command(uri, flags));
    }
    try (TestService service = TestService.start("JOBS_KV", uri)) {
      for (String query : QUERIES) {
        String path = "/api/jobs?" + query;
        report(name, "GET " + path, () -> {
          if (service.api().get(path).status() != 200) {
            throw new IllegalStateException("the service does not answer");
          }
        });
      }
    }
  }

  private static void fill(String uri) {
    SystemClock clock = new SystemClock();
    try (Adapters adapters = new Adapters(clock)) {
      KvStore store = adapters.store("jobs_kv", uri);
      IntStream.range(0, JOBS).parallel().mapToObj(ListBenchmark::job).forEach(job -> {
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), clock);
        store.put(job.key(), JobRecordJson.write(job), LIFE, deadline);
        JobSummary summary = JobSummary.of(job);
        store.put(summary.key(), JobSummaryJson.write(summary), LIFE, deadline);
      });
    }
  }

  private static JobRecord job(int number) {
    Instant at = FIRST.plus(Duration.ofMinutes(number));
    Fire fire = new Fire(new ScheduleId("daily"), "* * * * *", at);
    List<String> ids = List.of("cmc-btc-price", "fear-greed", "eth-gas");
    JobRecord pending =
        JobRecord.pending(TraceId.ofManual(at, "%08d".formatted(number)), at, ids, "bench", fire);
    KpiRun.Answer answer = new KpiRun.Answer(84L, 200, null);
    return pending.with(
        ids.stream()
            .map(KpiRun::pending)
            .map(run ->
                number % RARE == 0 ? run.failed(at, "no", 0, answer) : run.completed(at, 0, answer))
            .toList(),
        at);
  }

  private static void opening(String uri) {
    try (Adapters adapters = new Adapters(new SystemClock())) {
      adapters.store("jobs_kv", uri);
    }
  }

  /** All that the command does, from its flags to its table, without the start of a JVM. */
  private static void command(String uri, String... flags) {
    CommandLine command = new CommandLine(new JobsListCommand());
    SettingsMixin.addFlags(command);
    StringWriter out = new StringWriter();
    command.setOut(new PrintWriter(out));
    String[] all = Arrays.copyOf(flags, flags.length + 2);
    all[flags.length] = "--jobs-kv";
    all[flags.length + 1] = uri;
    if (command.execute(all) != ExitCode.OK || !out.toString().contains("trace_")) {
      throw new IllegalStateException("the command lists nothing: " + out);
    }
  }

  private static void report(String store, String what, Runnable list) {
    double first = millis(list);
    for (int i = 0; i < WARM_UP; i++) {
      list.run();
    }
    double[] samples = new double[SAMPLES];
    Arrays.setAll(samples, i -> millis(list));
    Arrays.sort(samples);
    System.out.printf(
        Locale.ROOT,
        "%-7s %-28s first %6.1f ms, median %5.1f ms, p99 %5.1f ms%n",
        store,
        what,
        first,
        samples[SAMPLES / 2],
        samples[SAMPLES * 99 / 100 - 1]);
  }

  private static double millis(Runnable list) {
    long began = System.nanoTime();
    list.run();
    return (System.nanoTime() - began) / 1e6;
  }
}
