package io.schedulerworker.kv.redis;

import io.schedulerworker.contract.KvStoreHarness;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code redis-cluster:} under the contracts of the core: three masters, between which the slots are divided. */
class ClusterContractTest extends RedisContracts {
  @TempDir
  static Path folder;

  private static RedisCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = RedisCluster.start(folder);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  KvStoreHarness harness() {
    return RedisHarness.of(cluster);
  }
}
