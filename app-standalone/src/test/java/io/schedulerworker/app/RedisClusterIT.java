package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.kv.redis.RedisServer;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Processes that die, or sleep, over a store in Redis. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.CONCURRENT)
class RedisClusterIT extends ClusterRounds {
  private static final int LAST = Integer.MAX_VALUE;

  /** Longer than a round takes. */
  private static final Duration A_ROUND = Duration.ofSeconds(8);

  @TempDir
  static Path folder;

  private static RedisServer server;

  /** Two processes with the lease that they have by default, the first of which has died. */
  private static Cluster bereaved;

  private static TraceId orphan;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start(folder);
    bereaved = Cluster.start(RedisStores.of(server, "default"), 2, folder, Cluster.NO_FIRES);
    orphan = bereaved.replica(0).trigger();
    bereaved.awaitCalls(orphan, Cluster.KPIS / 3);
    bereaved.replica(0).kill();
  }

  @AfterAll
  static void stop() {
    try {
      if (bereaved != null) {
        bereaved.close();
      }
    } finally {
      server.close();
    }
  }

  @Override
  TestStores stores(String name) {
    return RedisStores.of(server, name);
  }

  /** As many rounds as there are until the next fire, whose owner dies then. */
  @Override
  void inEveryBuild(Cluster cluster) {
    FiresCheck.awaitLedger(cluster);
    Instant fire;
    do {
      round(cluster, KillRound::atRandom);
      fire = FiresCheck.next();
    } while (Instant.now().plus(A_ROUND).isBefore(fire));
    TraceId job = FiresCheck.job(fire);
    round(cluster, (round, random) -> round.ofOwner(job, random));
  }

  /** Stopped while its calls are in flight, all that it may have: what it does later is its own decision. */
  @Test
  void whoSleptThroughItsLeaseCallsNobodyElse() throws Exception {
    try (Cluster cluster =
        Cluster.start(stores("asleep"), 2, directory, Cluster.NO_FIRES, "--lease", LEASE)) {
      Replica sleeper = cluster.replica(0);
      cluster.sink().hold(sleeper.caller());
      TraceId job = sleeper.trigger();
      cluster.awaitCalls(job, Cluster.IN_FLIGHT);
      sleeper.signal("STOP");
      JobRecord record = cluster.awaitSettledAt(cluster.replica(1), job);

      sleeper.signal("CONT");
      cluster.sink().release();

      // A job that it makes now is the proof that it is awake.
      TraceId next = sleeper.trigger();
      cluster.check(cluster.awaitSettled(next)).calledAtLeastOnce();
      cluster.awaitNoLease(List.of(job, next));
      assertThat(cluster.sink().calls(job))
          .as(cluster.story())
          .hasSize(Cluster.KPIS + Cluster.IN_FLIGHT)
          .filteredOn(call -> call.caller().equals(sleeper.caller()))
          .hasSize(Cluster.IN_FLIGHT);
      assertThat(sleeper.job(job).kpis()).isEqualTo(record.kpis());
    }
  }

  /** It waits for nothing, unless it is run alone: the others take longer than that lease. */
  @Test
  @Order(LAST)
  void byDefaultAJobIsGoneOnWithTwentySecondsAfterItsOwnerDied() {
    bereaved.check(bereaved.awaitSettled(orphan)).calledAtLeastOnce();
    bereaved.awaitNoLease(List.of(orphan));
    assertThat(bereaved.timeToResume(orphan).orElseThrow())
        .as(bereaved.story())
        .isLessThan(Duration.ofSeconds(20));
  }
}
