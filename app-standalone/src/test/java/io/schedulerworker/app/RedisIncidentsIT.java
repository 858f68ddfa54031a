package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.kv.redis.RedisServer;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Fires at full minutes, while processes sleep, people pause schedules, and Redis is away. Mostly it waits for the next
 * minute: others may run meanwhile.
 */
@Execution(ExecutionMode.CONCURRENT)
class RedisIncidentsIT {
  private static final ScheduleId PAUSED = new ScheduleId("paused");

  /** One that goes on, and one that is paused at times. */
  private static final String SETTINGS = FiresCheck.SETTINGS + """
      [[schedules]]
      id = "%s"
      cron = "* * * * *"
      after_pause = "once"
      """.formatted(PAUSED);

  /** Nobody is to lose a job for being slow: two JVMs begin on a machine that is busy. */
  private static final String LEASE = "6s";

  private static final Duration TO_PREPARE = Duration.ofSeconds(15);
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir
  Path folder;

  private RedisServer redis;
  private Cluster cluster;

  @BeforeEach
  void start() throws Exception {
    redis = RedisServer.startDurable(folder);
    cluster =
        Cluster.start(RedisStores.of(redis, "incidents"), 2, folder, SETTINGS, "--lease", LEASE);
    FiresCheck.awaitLedger(cluster);
    Await.until(() -> "no ledger", SOON, () -> cluster.value(Ledger.key(PAUSED)).isPresent());
  }

  @AfterEach
  void stop() {
    try {
      cluster.close();
    } finally {
      redis.close();
    }
  }

  private void post(Replica replica, String what) {
    ApiClient.Reply reply = replica.api().post("/api/schedules/" + PAUSED + "/" + what, "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private Ledger ledger(ScheduleId schedule) {
    return LedgerJson.read(cluster.value(Ledger.key(schedule)).orElseThrow());
  }

  private void isMadeOnce(Replica seenBy, TraceId job) {
    cluster.awaitCalls(job, 1);
    cluster.check(cluster.awaitSettledAt(seenBy, job)).calledOnce();
  }

  private static void sleepUntil(Instant time) throws InterruptedException {
    Thread.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
  }

  private void awaitSaid(Replica replica, String text) {
    Await.until(
        () -> "\"" + text + "\": " + cluster.story(), SOON, () -> replica.said().contains(text));
  }

  private static long pausedAt(Replica replica) {
    return Json.objects(replica.api().get("/api/schedules").json(), "schedules").stream()
        .filter(schedule -> Boolean.TRUE.equals(schedule.get("paused")))
        .count();
  }

  private static String health(Replica replica) {
    return replica.api().call("GET", "/api/health", "").body();
  }

  private void letPass(Instant fire) {
    List<TraceId> jobs = List.of(FiresCheck.job(fire), TraceId.ofFire(PAUSED, fire, 0));
    jobs.forEach(job -> cluster.awaitCalls(job, 1));
    cluster.awaitNoLease(jobs);
  }

  @Test
  void oneMinuteWithAPauseASleeperAndAnOutage() throws Exception {
    if (Instant.now().plus(TO_PREPARE).isAfter(FiresCheck.next())) {
      letPass(FiresCheck.next());
    }
    Instant fire = FiresCheck.next();
    Replica sleeper = cluster.replica(0);
    Replica other = cluster.replica(1);
    post(sleeper, "pause");
    assertThat(pausedAt(other)).as("at once: both look into the ledger").isEqualTo(1);
    sleeper.signal("STOP");
    sleepUntil(fire.minusSeconds(1));
    redis.kill();

    sleepUntil(fire.plusSeconds(3));
    awaitSaid(other, "fire of minutely at " + fire + " failed and is tried again");
    assertThat(health(other)).contains("\"unhealthy\"", "JOBS_KV is out of reach");
    assertThat(cluster.sink().calls(FiresCheck.job(fire))).isEmpty();
    redis.start();

    isMadeOnce(other, FiresCheck.job(fire));
    Await.until(
        () -> health(other), SOON, () -> !health(other).contains("JOBS_KV is out of reach"));
    TraceId madeUp = TraceId.ofFire(PAUSED, fire, 0);
    assertThat(cluster.sink().calls(madeUp)).isEmpty();
    sleeper.signal("CONT");
    post(other, "resume");

    isMadeOnce(other, madeUp);
    assertThat(ledger(PAUSED).fate(fire)).map(Fate::late).contains(Owed.Cause.PAUSED);
    assertThat(ledger(new ScheduleId("minutely")).fate(fire)).map(Fate::late).isEmpty();
    cluster.check(cluster.awaitSettled(sleeper.trigger())).calledOnce();
    FiresCheck.eachFireHasOneFate(cluster, JobCheck::calledOnce);
  }

  @Test
  @Tag("slow")
  void manyMinutesOfThem() throws Exception {
    Instant last = FiresCheck.next().plus(Duration.ofMinutes(Math.max(1, Seed.MANY / 10)));
    for (long seed = Seed.FIRST; Instant.now().isBefore(last); seed++) {
      Random random = new Random(seed);
      incident(random);
      Thread.sleep(random.nextInt(4_000));
    }
    sleepUntil(last.plusSeconds(5));
    post(cluster.replica(0), "resume");
    Await.until(
        () -> "not settled: " + cluster.story(),
        SOON,
        () -> !ledger(new ScheduleId("minutely")).settledUntil().isBefore(last));
    FiresCheck.eachFireHasOneFate(cluster, JobCheck::calledOnceByEachOwner);
    Await.until(
        () -> "owed: " + ledger(PAUSED), SOON, () -> ledger(PAUSED).owed().isEmpty());
    for (Fate fate : ledger(PAUSED).fates()) {
      if (fate.job() != null) {
        cluster.check(cluster.awaitSettled(fate.job())).calledOnceByEachOwner();
      }
    }
  }

  /** None longer than a fire may be late. */
  private void incident(Random random) throws InterruptedException {
    Replica replica = cluster.replica(random.nextInt(2));
    Duration length = Duration.ofMillis(random.nextInt(12_000));
    switch (random.nextInt(4)) {
      case 0 -> asleep(List.of(replica), length);
      case 1 -> asleep(cluster.replicas(), length);
      case 2 -> away(length);
      default -> post(replica, random.nextBoolean() ? "pause" : "resume");
    }
  }

  private static void asleep(List<Replica> replicas, Duration length) throws InterruptedException {
    replicas.forEach(replica -> replica.signal("STOP"));
    Thread.sleep(length.toMillis());
    replicas.forEach(replica -> replica.signal("CONT"));
  }

  private void away(Duration length) throws InterruptedException {
    redis.kill();
    Thread.sleep(length.toMillis());
    redis.start();
    cluster
        .replicas()
        .forEach(replica -> Await.until(
            () -> health(replica), SOON, () -> !health(replica).contains("JOBS_KV is out")));
  }
}
