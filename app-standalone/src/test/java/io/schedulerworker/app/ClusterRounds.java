package io.schedulerworker.app;

import io.schedulerworker.model.TraceId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BiFunction;
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
    try (Cluster cluster = start("few")) {
      inEveryBuild(cluster);
      FiresCheck.eachFireHasOneFate(cluster);
    }
  }

  @Test
  @Tag("slow")
  void norInAHundredRounds() throws Exception {
    try (Cluster cluster = start("many")) {
      rounds(cluster, Seed.MANY);
      FiresCheck.eachFireHasOneFate(cluster);
    }
  }

  private Cluster start(String name) throws IOException {
    return Cluster.start(stores(name), 3, directory, FiresCheck.SETTINGS, "--lease", LEASE);
  }

  void inEveryBuild(Cluster cluster) {
    rounds(cluster, FEW);
  }

  private void rounds(Cluster cluster, int count) {
    for (int i = 0; i < count; i++) {
      round(cluster, KillRound::atRandom);
    }
  }

  void round(Cluster cluster, BiFunction<KillRound, Random, TraceId> kind) {
    KillRound round = new KillRound(cluster, MOST_TO_RESUME);
    Seed.naming(seed++, cluster, random -> kind.apply(round, random));
  }
}
