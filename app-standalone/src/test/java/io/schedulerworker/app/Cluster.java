package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Processes of the jar on one store, and the sink that they call. */
final class Cluster implements AutoCloseable {
  static final int KPIS = 200;

  /** Settings with which nothing happens by itself. */
  static final String NO_FIRES = "[triggers]\ncrons = ['0 0 29 2 *']\n";

  /** How many calls a process has in flight at most. */
  static final int IN_FLIGHT = 16;

  /** Until a job is settled, whatever was killed: the bound is that of a machine with other things to do. */
  private static final Duration SETTLED = Duration.ofSeconds(90);

  /** With so many calls in flight a job takes more than a second: time enough to be killed in. */
  private static final Duration SINK_DELAY = Duration.ofMillis(100);

  private static final Clock CLOCK = new SystemClock();
  private static final int PAGE = 100;

  private final CountingSink sink = new CountingSink(SINK_DELAY);
  private final Deaths deaths = new Deaths();
  private final List<Replica> replicas;
  private final TestStores stores;
  private KvStore jobs;

  private Cluster(TestStores stores, int size, List<String> flags) throws IOException {
    this.stores = stores;
    try (KvStore config = stores.openConfig()) {
      config.put("kpi-registry", sink.registry(KPIS), Ttl.NONE, deadline());
    }
    replicas = IntStream.range(0, size)
        .mapToObj(i -> new Replica(
            "replica-" + i, caller -> stores.in(Replica.process(caller)), flags, deaths))
        .toList();
  }

  /**
   * Starts them and waits until they are ready and have been to their stores.
   *
   * @param settings a file's text
   * @param flags of {@code serve}
   */
  static Cluster start(
      TestStores stores, int size, Path directory, String settings, String... flags)
      throws IOException {
    Path file = Files.writeString(directory.resolve("scheduler.toml"), settings);
    List<String> all = new ArrayList<>(List.of(
        "serve",
        "--config",
        file.toString(),
        "--dispatch.max-in-flight-per-host",
        String.valueOf(IN_FLIGHT)));
    all.addAll(List.of(flags));
    Cluster cluster = new Cluster(stores, size, all);
    try {
      cluster.replicas.forEach(Replica::start);
      cluster.replicas.forEach(Replica::awaitWarm);
      return cluster;
    } catch (AssertionError | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  CountingSink sink() {
    return sink;
  }

  Replica replica(int i) {
    return replicas.get(i);
  }

  List<Replica> replicas() {
    return replicas;
  }

  /** Any that lives. */
  Replica survivor() {
    return replicas.stream().filter(Replica::isRunning).findFirst().orElseThrow();
  }

  /** Waits until so many calls of a job have come. */
  void awaitCalls(TraceId job, int count) {
    Await.until(
        () -> count + " calls of " + job + "; there were " + sink.calls(job).size(),
        SETTLED,
        () -> sink.calls(job).size() >= count);
  }

  /** The record of a job as any replica tells it, once no call is left to make. */
  JobRecord awaitSettled(TraceId job) {
    return awaitSettledAt(survivor(), job);
  }

  JobRecord awaitSettledAt(Replica replica, TraceId job) {
    Await.until(
        () -> "to be settled: " + replica.job(job), SETTLED, () -> isSettled(replica.job(job)));
    return replica.job(job);
  }

  private static boolean isSettled(JobRecord job) {
    return job.kpis().values().stream().noneMatch(run -> run.status() == KpiStatus.PENDING);
  }

  /** No lease of these is left. */
  void awaitNoLease(List<TraceId> jobsOver) {
    Await.until(
        () -> "leases are left: " + leases(),
        SETTLED,
        () -> jobsOver.stream().map(Lease::key).noneMatch(key -> value(key).isPresent()));
  }

  private List<String> leases() {
    return jobs().list(KvListing.ascending(Lease.KEY_PREFIX, PAGE), deadline()).entries().stream()
        .map(entry -> entry.key() + ": " + entry.value())
        .toList();
  }

  /** What stands under a key in JOBS_KV, which this process must be able to open meanwhile. */
  Optional<String> value(String key) {
    return jobs().get(key, deadline()).map(KvEntry::value);
  }

  private KvStore jobs() {
    if (jobs == null) {
      jobs = stores.openJobs();
    }
    return jobs;
  }

  JobCheck check(JobRecord record) {
    return new JobCheck(record, sink.calls(record.traceId()), deaths);
  }

  /** The first call of a job by another process than made its first call, if there is one. */
  Optional<SinkCall> resumedCall(TraceId job) {
    String first = firstCaller(job);
    return sink.calls(job).stream().filter(call -> !call.caller().equals(first)).findFirst();
  }

  /** From the death of whoever called first to the first call by another, if there is one. */
  Optional<Duration> timeToResume(TraceId job) {
    return resumedCall(job).map(call -> deaths.since(firstCaller(job), call));
  }

  private String firstCaller(TraceId job) {
    return sink.calls(job).get(0).caller();
  }

  /** The replica that made the first call of a job. */
  Replica owner(TraceId job) {
    String caller = firstCaller(job);
    return replicas.stream()
        .filter(replica -> replica.caller().equals(caller))
        .findFirst()
        .orElseThrow();
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), CLOCK);
  }

  /** What to look at when a test failed. */
  String story() {
    StringBuilder story = new StringBuilder(deaths.lastWords());
    replicas.stream()
        .filter(Replica::isRunning)
        .forEach(replica ->
            story.append('\n').append(replica.caller()).append(" says\n").append(replica.said()));
    return story.toString();
  }

  void assertAllRun() {
    assertThat(replicas).allMatch(Replica::isRunning);
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    sink.close();
    if (jobs != null) {
      jobs.close();
    }
  }
}
