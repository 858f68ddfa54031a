package io.schedulerworker.kv.redis;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.SideBySide;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The store beside its client: docs/benchmarks.md. */
public final class RedisBenchmark {
  private static final SystemClock CLOCK = new SystemClock();
  private static final String PREFIX = "bench:";
  private static final int KEYS = 16;
  private static final int ONE_KB = 1 << 10;

  /** So many that no value is read again soon. */
  private static final int MANY_KEYS = 64;

  private final KvStore store;
  private final RawRedis raw;

  private RedisBenchmark(KvStore store, RawRedis raw) {
    this.store = store;
    this.raw = raw;
  }

  /**
   * Measures all on a server of its own.
   *
   * @param arguments none
   * @throws Exception what a call throws
   */
  public static void main(String[] arguments) throws Exception {
    try (RedisServer server = RedisServer.start(Files.createTempDirectory("bench"));
        KvStore store = new RedisKvStoreProvider().open(server.uri("?prefix=" + PREFIX), CLOCK);
        RawRedis raw = new RawRedis(server.uri(""), PREFIX)) {
      SideBySide.printHead();
      for (int bytes : new int[] {ONE_KB, ONE_KB << 10}) {
        for (int threads : new int[] {1, 16}) {
          new RedisBenchmark(store, raw).measure("x".repeat(bytes), threads);
        }
      }
    }
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(30), CLOCK);
  }

  private static String key(int number) {
    return "key%02d".formatted(number);
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a call did not do what it should");
    }
  }

  private void measure(String value, int threads) throws Exception {
    Version same = new Version("");
    for (int i = 0; i < KEYS; i++) {
      same = store.put(key(i), value, Ttl.NONE, deadline());
    }
    int bytes = value.length();
    int page = Math.min(KEYS, (8 << 20) / bytes);
    Version version = same;
    SideBySide.compare(
        "read",
        bytes,
        threads,
        thread -> check(raw.get(key(thread)).length() == bytes),
        thread ->
            check(store.get(key(thread), deadline()).orElseThrow().value().length() == bytes));
    SideBySide.compare(
        "conditional write",
        bytes,
        threads,
        thread -> check(raw.replace(key(thread), value, version)),
        thread -> check(store
            .replaceIfUnchanged(key(thread), value, version, Ttl.NONE, deadline())
            .isPresent()));
    if (bytes > ONE_KB) {
      newReads(value, threads);
    }
    SideBySide.compare(
        "read, version asked for",
        bytes,
        threads,
        thread -> check(raw.get(key(thread)).length() == bytes),
        thread ->
            check(store.get(key(thread), deadline()).orElseThrow().version().equals(version)));
    KvListing all = KvListing.ascending("key", KEYS);
    SideBySide.compare(
        "list of " + page,
        bytes,
        threads,
        thread -> check(raw.list("key", KEYS).size() == page),
        thread -> check(store.list(all, deadline()).entries().size() == page));
  }

  /** Large values, each of which was last read so long ago that it is as if it never was. */
  private void newReads(String value, int threads) throws Exception {
    int bytes = value.length();
    for (int i = 0; i < MANY_KEYS; i++) {
      Version unused = store.put("many" + i, value, Ttl.NONE, deadline());
    }
    AtomicInteger next = new AtomicInteger();
    SideBySide.compare(
        "read, new to us",
        bytes,
        threads,
        thread -> check(raw.get(many(next)).length() == bytes),
        thread -> check(store.get(many(next), deadline()).orElseThrow().value().length() == bytes));
  }

  private static String many(AtomicInteger next) {
    return "many" + next.getAndIncrement() % MANY_KEYS;
  }
}
