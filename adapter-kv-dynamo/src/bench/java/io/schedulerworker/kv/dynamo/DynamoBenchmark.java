package io.schedulerworker.kv.dynamo;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.SideBySide;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store beside its client: docs/benchmarks.md. */
public final class DynamoBenchmark {
  private static final SystemClock CLOCK = new SystemClock();
  private static final String TABLE = "stores";
  private static final int KEYS = 16;

  private final DynamoServer server;
  private final DynamoDbClient client;

  private DynamoBenchmark(DynamoServer server, DynamoDbClient client) {
    this.server = server;
    this.client = client;
  }

  /**
   * Measures all on a server in this process.
   *
   * @param arguments none
   * @throws Exception what a call throws
   */
  public static void main(String[] arguments) throws Exception {
    try (DynamoServer server = DynamoServer.start();
        DynamoDbClient client = server.client()) {
      new DynamoKvStoreProvider().create(server.uri(TABLE, "all"), CLOCK, deadline());
      SideBySide.printHead();
      for (int bytes : new int[] {1 << 10, 1 << 20}) {
        for (int threads : new int[] {1, 16}) {
          new DynamoBenchmark(server, client).measure("x".repeat(bytes), threads);
        }
      }
    }
    // The server leaves threads behind.
    System.exit(0);
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(60), CLOCK);
  }

  private static String key(int number) {
    return "key%02d".formatted(number);
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a call did not do what it should");
    }
  }

  private RawDynamo raw(String namespace, int bytes) {
    return bytes > Generations.CHUNK_BYTES
        ? new RawChunks(client, TABLE, namespace)
        : new RawDynamo(client, TABLE, namespace);
  }

  /** Each side writes in a namespace of its own. */
  private void measure(String value, int threads) throws Exception {
    int bytes = value.length();
    String rest = "-" + bytes + "-" + threads;
    try (KvStore store = open("ours" + rest);
        KvStore other = open("raw" + rest);
        RawDynamo raw = raw("raw" + rest, bytes)) {
      Version same = new Version("");
      for (int i = 0; i < KEYS; i++) {
        same = store.put(key(i), value, Ttl.NONE, deadline());
        other.put(key(i), value, Ttl.NONE, deadline());
      }
      reads(store, raw, bytes, threads);
      lists(store, raw, bytes, threads);
      writes(store, raw, value, same, threads);
    }
  }

  private KvStore open(String namespace) {
    return new DynamoKvStoreProvider().open(server.uri(TABLE, namespace), CLOCK);
  }

  private static void reads(KvStore store, RawDynamo raw, int bytes, int threads) throws Exception {
    SideBySide.compare(
        "read",
        bytes,
        threads,
        thread -> check(raw.get(key(thread)).length() == bytes),
        thread ->
            check(store.get(key(thread), deadline()).orElseThrow().value().length() == bytes));
  }

  private static void writes(KvStore store, RawDynamo raw, String value, Version same, int threads)
      throws Exception {
    SideBySide.compare(
        "conditional write",
        value.length(),
        threads,
        thread -> raw.replace(key(thread), value),
        thread -> check(store
            .replaceIfUnchanged(key(thread), value, same, Ttl.NONE, deadline())
            .isPresent()));
  }

  private static void lists(KvStore store, RawDynamo raw, int bytes, int threads) throws Exception {
    int page = Math.min(KEYS, (8 << 20) / bytes);
    KvListing all = KvListing.ascending("key", KEYS);
    SideBySide.compare(
        "list of " + page,
        bytes,
        threads,
        thread -> check(raw.list("key", KEYS).size() == page),
        thread -> check(store.list(all, deadline()).entries().size() == page));
  }
}
