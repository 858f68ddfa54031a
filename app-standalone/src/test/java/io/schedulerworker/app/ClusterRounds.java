package io.schedulerworker.app;

import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes on one store, killed at random while they call. */
abstract class ClusterRounds {
  /** Short, so that the rounds are. */
  static final String LEASE = "2s";

  private static final Duration MOST_TO_RESUME = Duration.ofSeconds(4);
  private static final int FEW = 2;

  @TempDir
  Path directory;

  private long seed = Seed.FIRST;

  /** Stores that no other test uses. */
  abstract TestStores stores(String name);

  @Test
  void nobodyIsForgottenAndOnlyADeathHasACallRepeated() throws Exception {
    try (Cluster cluster = start("few", "at-least-once")) {
      inEveryBuild(cluster);
      FiresCheck.eachFireHasOneFate(cluster, JobCheck::calledAtLeastOnce);
    }
  }

  @Test
  @Tag("slow")
  void norInAHundredRounds() throws Exception {
    killAgainAndAgain("at-least-once", JobCheck::calledAtLeastOnce);
  }

  @Test
  @Tag("slow")
  void deliveredAtMostOnceNobodyIsCalledAgain() throws Exception {
    killAgainAndAgain("at-most-once", JobCheck::calledAtMostOnce);
  }

  private void killAgainAndAgain(String delivery, Consumer<JobCheck> promise) throws IOException {
    try (Cluster cluster = start(delivery, delivery)) {
      for (int i = 0; i < Seed.MANY; i++) {
        round(cluster, promise, KillRound::atRandom);
      }
      FiresCheck.eachFireHasOneFate(cluster, promise);
    }
  }

  private Cluster start(String name, String delivery) throws IOException {
    return Cluster.start(
        stores(name), 3, directory, FiresCheck.SETTINGS, "--lease", LEASE, "--delivery", delivery);
  }

  void inEveryBuild(Cluster cluster) {
    for (int i = 0; i < FEW; i++) {
      round(cluster, KillRound::atRandom);
    }
  }

  void round(Cluster cluster, BiFunction<KillRound, Random, TraceId> kind) {
    round(cluster, JobCheck::calledAtLeastOnce, kind);
  }

  private void round(
      Cluster cluster, Consumer<JobCheck> promise, BiFunction<KillRound, Random, TraceId> kind) {
    KillRound round = new KillRound(cluster, promise, MOST_TO_RESUME);
    Seed.naming(seed++, cluster, random -> kind.apply(round, random));
  }
}
