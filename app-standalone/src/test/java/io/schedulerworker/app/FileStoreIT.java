package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process with its stores in files, killed while it calls and started again. */
class FileStoreIT {
  private static final int FEW = 2;

  /** From when the process is ready; far less than the lease that it finds, which is not waited for. */
  private static final Duration AT_ONCE = Duration.ofSeconds(4);

  @TempDir
  Path directory;

  private Cluster start(String... flags) throws IOException {
    TestStores stores = new TestStores(
        "file:" + directory.resolve("config"), "file:" + directory.resolve("jobs"), Map.of());
    return Cluster.start(stores, 1, directory, Cluster.NO_FIRES, flags);
  }

  @Test
  void theNextStartGoesOnAtOnce() throws Exception {
    killAgainAndAgain(FEW);
  }

  @Test
  @Tag("slow")
  void soDoAHundredMore() throws Exception {
    killAgainAndAgain(Seed.MANY);
  }

  private void killAgainAndAgain(int rounds) throws IOException {
    List<TraceId> jobs = new ArrayList<>();
    try (Cluster cluster = start()) {
      for (long seed = Seed.FIRST; seed < Seed.FIRST + rounds; seed++) {
        jobs.add(Seed.naming(seed, cluster, random -> killOnce(cluster, random)));
      }
      cluster.replica(0).terminate();
      assertThat(jobs).allMatch(job -> cluster.value(Lease.key(job)).isEmpty());
    }
  }

  private static TraceId killOnce(Cluster cluster, Random random) {
    TraceId job = killAndRestart(cluster, random);
    long ready = System.nanoTime();
    cluster.check(cluster.awaitSettled(job)).calledAtLeastOnce();
    SinkCall resumed = cluster.resumedCall(job).orElseThrow();
    assertThat(Duration.ofNanos(resumed.arrived() - ready))
        .isLessThan(Patience.of(AT_ONCE, cluster.replicas()));
    return job;
  }

  private static TraceId killAndRestart(Cluster cluster, Random random) {
    Replica process = cluster.replica(0);
    TraceId job = process.trigger();
    cluster.awaitCalls(job, Seed.midFanOut(random));
    process.kill();
    process.start().awaitReady();
    return job;
  }

  @Test
  void deliveredAtMostOnceNobodyIsCalledAgain() throws IOException {
    try (Cluster cluster = start("--delivery", "at-most-once")) {
      Seed.naming(Seed.FIRST, cluster, random -> {
        TraceId job = killAndRestart(cluster, random);
        JobRecord record = cluster.awaitSettled(job);
        cluster.check(record).calledAtMostOnce();
        assertThat(cluster.resumedCall(job)).isPresent();
        return job;
      });
    }
  }
}
