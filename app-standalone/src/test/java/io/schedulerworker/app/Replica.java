package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A place for one process of the jar, which is killed and started again. */
final class Replica implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern READY = Pattern.compile("\"time\":\"([^\"]+)\"[^\n]+\"ready at ");

  private final String name;
  private final Function<String, AppProcess> process;
  private final List<String> flags;
  private final Deaths deaths;
  private AppProcess.Running running;
  private ApiClient api;
  private Instant startedAt;
  private int starts;

  /** A process with little memory that starts fast, whose calls carry this key. */
  static AppProcess process(String caller) {
    return AppProcess.withOptions(
            "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", ApiClient.KEY)
        .env("N8N_API_KEY", caller);
  }

  /**
   * Starts nothing yet.
   *
   * @param process makes one whose calls carry this key
   * @param deaths is told of each kill
   */
  Replica(String name, Function<String, AppProcess> process, List<String> flags, Deaths deaths) {
    this.name = name;
    this.process = process;
    this.flags = flags;
    this.deaths = deaths;
  }

  /** The key of the calls since the last start. */
  String caller() {
    return name + "." + starts;
  }

  /** Starts it, and does not wait for it. */
  Replica start() {
    starts++;
    api = null;
    startedAt = Instant.now();
    running = process.apply(caller()).start(flags.toArray(String[]::new));
    return this;
  }

  boolean isRunning() {
    return running != null && running.isAlive();
  }

  /** Its API, once it is ready. */
  ApiClient api() {
    if (api == null) {
      api = running.awaitReady();
    }
    return api;
  }

  /** Waits until it is ready. */
  void awaitReady() {
    running.await(READY);
  }

  /** Waits until it has been to its store, which takes its time after a start. */
  void awaitWarm() {
    read("/api/jobs?limit=1");
  }

  /** How long it took to be ready. */
  Duration startTook() {
    return Duration.between(startedAt, Instant.parse(running.await(READY)));
  }

  /** Makes a job. */
  TraceId trigger() {
    ApiClient.Reply reply = api().post("/api/trigger", "");
    assertThat(reply.status()).as("%s answered %s", caller(), reply).isEqualTo(202);
    return new TraceId(String.valueOf(reply.json().get("traceId")));
  }

  /** The merged record. */
  JobRecord job(TraceId traceId) {
    return JobRecordJson.read(read("/api/jobs/" + traceId).body());
  }

  /** On a machine that has too much to do a store is out of reach at times, as a 503 says. */
  private ApiClient.Reply read(String path) {
    ApiClient.Reply[] last = new ApiClient.Reply[1];
    Await.until(() -> caller() + " answered " + last[0], PATIENCE, () -> {
      last[0] = api().get(path);
      return last[0].status() != 503;
    });
    assertThat(last[0].status()).as("%s answered %s", caller(), last[0]).isEqualTo(200);
    return last[0];
  }

  /** Ends it at once, by SIGKILL. */
  void kill() {
    long at = System.nanoTime();
    running.kill();
    deaths.of(caller(), at, running.said());
    running.close();
  }

  /** Has it end in order, by SIGTERM. */
  void terminate() {
    running.signal("TERM");
    running.end().assertExit(0);
  }

  void signal(String signal) {
    running.signal(signal);
  }

  String said() {
    return running.said();
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
