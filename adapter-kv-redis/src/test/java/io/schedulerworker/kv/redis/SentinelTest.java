package io.schedulerworker.kv.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A master with a replica, and a Sentinel that makes the replica master when the master is gone. */
@Isolated
class SentinelTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SystemClock clock = new SystemClock();

  @TempDir
  Path folder;

  private RedisServer master;
  private RedisServer replica;
  private RedisServer sentinel;

  @BeforeEach
  void start() throws IOException {
    master = RedisServer.start(folder);
    replica = RedisServer.start(
        folder,
        "--replicaof",
        "127.0.0.1",
        String.valueOf(master.port()),
        "--repl-diskless-sync-delay",
        "0");
    Path settings =
        Files.writeString(folder.resolve("sentinel.conf"), """
        sentinel monitor jobs-master 127.0.0.1 %d 1
        sentinel down-after-milliseconds jobs-master 500
        sentinel failover-timeout jobs-master 3000
        """.formatted(master.port()));
    sentinel = RedisServer.startSentinel(settings, folder);
    await(() -> info(replica).contains("master_link_status:up"));
    await(() -> info(sentinel, "sentinel").contains("slaves=1"));
  }

  @AfterEach
  void stop() {
    sentinel.close();
    replica.close();
    master.close();
  }

  private String uri() {
    return "redis-sentinel://127.0.0.1:1,127.0.0.1:" + sentinel.port()
        + "?master=jobs-master&prefix=jobs:";
  }

  private static String info(RedisServer server) {
    return info(server, "replication");
  }

  private static String info(RedisServer server, String section) {
    RedisClient client = RedisClient.create(server.uri(""));
    try {
      return client.connect().sync().info(section);
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private static void await(Supplier<Boolean> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.get()) {
      assertThat(System.nanoTime()).isLessThan(end);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(5), clock);
  }

  private boolean isWritten(KvStore store) {
    try {
      store.put("after", "2", Ttl.NONE, deadline());
      return true;
    } catch (KvStoreException e) {
      assertThat(e.kind()).isNotEqualTo(KvStoreException.Kind.REJECTED);
      return false;
    }
  }

  @Test
  void theStoreFollowsAFailover() {
    try (KvStore store = new RedisKvStoreProvider().open(uri(), clock)) {
      store.put("before", "1", Ttl.NONE, deadline());
      await(() -> info(replica).contains("slave_repl_offset")
          && offset(info(replica), "slave_repl_offset")
              >= offset(info(master), "master_repl_offset"));

      master.kill();

      await(() -> isWritten(store));
      assertThat(store.get("before", deadline())).map(KvEntry::value).contains("1");
      assertThat(info(replica)).contains("role:master");
    }
  }

  private static long offset(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1).trim()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMasterThatBecameAReplicaIsLeft() {
    try (KvStore store = new RedisKvStoreProvider().open(uri(), clock)) {
      store.put("before", "1", Ttl.NONE, deadline());
      RedisClient client = RedisClient.create(sentinel.uri(""));
      await(() -> isTakenUp(client));
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));

      await(() -> isReplica(master));
      await(() -> isWritten(store));

      assertThat(info(replica)).contains("role:master");
    }
  }

  /** A server that changes its role hangs up on all its clients, us among them, at any moment. */
  private static boolean isReplica(RedisServer server) {
    try {
      return info(server).contains("role:slave");
    } catch (RedisException hungUp) {
      return false;
    }
  }

  /** A Sentinel refuses until it has heard enough of the replica. */
  private static boolean isTakenUp(RedisClient sentinels) {
    try {
      sentinels.connectSentinel().sync().failover("jobs-master");
      return true;
    } catch (RedisCommandExecutionException e) {
      assertThat(e).hasMessageContaining("NOGOODSLAVE");
      return false;
    }
  }

  @Test
  void aMasterThatNobodyKnowsIsSaid() {
    String wrong = uri().replace("jobs-master", "other");
    try (KvStore store = new RedisKvStoreProvider().open(wrong, clock)) {
      assertThat(catchThrowableOfType(KvStoreException.class, () -> store.get("a", deadline())))
          .hasMessageContaining("redis-sentinel://127.0.0.1:1,127.0.0.1:" + sentinel.port());
    }
  }
}
