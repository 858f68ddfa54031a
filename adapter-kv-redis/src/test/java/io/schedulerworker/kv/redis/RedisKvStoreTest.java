package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the contracts do not ask: others beside us, servers that go, answers that do not come. */
@Isolated
class RedisKvStoreTest {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Clock clock = new SystemClock();

  @TempDir
  Path directory;

  private RedisServer server;
  private RedisClient client;
  private StatefulRedisConnection<String, String> others;

  @BeforeEach
  void start() {
    server = RedisServer.start(directory);
    client = RedisClient.create(server.uri(""));
    others = client.connect();
  }

  @AfterEach
  void stop() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    server.close();
  }

  private RedisKvStore open(String uri) {
    return new RedisKvStore(RedisAddress.parse(uri), OFTEN, clock);
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(5), clock);
  }

  private List<String> keys(KvStore store) {
    return store.list(KvListing.ascending("", 100), deadline()).entries().stream()
        .map(KvEntry::key)
        .toList();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static KvStoreException failure(ThrowingCallable call) {
    return catchThrowableOfType(KvStoreException.class, call);
  }

  @Test
  void whatOthersWriteIsListedSoonAndWhatTheyDeleteNoMore() throws Exception {
    try (KvStore store = open(server.uri("?prefix=a*[b]:"))) {
      store.put("mine", "1", Ttl.NONE, deadline());
      assertThat(keys(store)).containsExactly("mine");

      others.sync().set("a*[b]:theirs", "2");
      others.sync().set("axb:not-ours", "3");
      others.sync().lpush("a*[b]:list", "4");

      await(() -> keys(store).equals(List.of("mine", "theirs")));
      others.sync().del("a*[b]:mine");
      assertThat(keys(store)).containsExactly("theirs");
      others.sync().del("a*[b]:theirs");
      others.sync().lpush("a*[b]:theirs", "5");
      assertThat(keys(store)).isEmpty();
    }
  }

  @Test
  @Tag("slow")
  void whatOthersWriteIsFoundWithinAMinute() throws Exception {
    try (KvStore store = new RedisKvStoreProvider().open(server.uri(""), clock)) {
      store.put("mine", "1", Ttl.NONE, deadline());
      assertThat(keys(store)).containsExactly("mine");
      others.sync().set("theirs", "2");
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!keys(store).contains("theirs")) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(100);
      }
    }
  }

  @Test
  void theNewestOfManyAreListedAtOnce() throws Exception {
    int many = 100_000;
    List<RedisFuture<String>> writes = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      writes.add(others.async().set("jobs:job:%06d".formatted(i), "{}"));
    }
    for (RedisFuture<String> write : writes) {
      write.get();
    }
    KvListing newest = KvListing.descending("job:", 20);
    try (KvStore store = open(server.uri("?prefix=jobs:"))) {
      await(() -> {
        List<KvEntry> found = store.list(newest, deadline()).entries();
        return found.size() == 20 && found.get(0).key().equals("job:099999");
      });
      Duration best = SOON;
      for (int i = 0; i < 50; i++) {
        long began = System.nanoTime();
        assertThat(store.list(newest, deadline()).entries()).hasSize(20);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        best = took.compareTo(best) < 0 ? took : best;
      }
      assertThat(best).isLessThan(Duration.ofMillis(20));
    }
  }

  @Test
  void aLargeValueThatOthersChangedHasAnotherVersion() {
    String large = "x".repeat(100_000);
    try (KvStore store = open(server.uri(""))) {
      Version written = store.put("a", large, Ttl.NONE, deadline());
      KvEntry ours = store.get("a", deadline()).orElseThrow();

      others.sync().set("a", large.substring(1) + "y");

      assertThat(ours.version()).isEqualTo(written);
      KvEntry theirs = store.get("a", deadline()).orElseThrow();
      assertThat(theirs.value()).endsWith("xy");
      assertThat(theirs.version()).isNotEqualTo(written);
      assertThat(store.replaceIfUnchanged("a", "2", written, Ttl.NONE, deadline()))
          .isEmpty();
      assertThat(store.replaceIfUnchanged("a", "2", theirs.version(), Ttl.NONE, deadline()))
          .isPresent();
    }
  }

  @Test
  void aValueThatIsNoTextIsRejectedAndAReplacementCharacterIsText() {
    try (KvStore store = open(server.uri(""));
        StatefulRedisConnection<byte[], byte[]> bytes = client.connect(ByteArrayCodec.INSTANCE)) {
      bytes.sync().set("a".getBytes(UTF_8), new byte[] {'x', (byte) 0xFF});
      KvStoreException refused = failure(() -> store.get("a", deadline()));
      assertThat(refused.kind()).isEqualTo(Kind.REJECTED);
      assertThat(refused).hasMessageContaining("not UTF-8");

      store.put("a", "x\uFFFD", Ttl.NONE, deadline());
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("x\uFFFD");
    }
  }

  @Test
  void aServerThatComesBackIsUsedAgain() {
    try (KvStore store = open(server.uri(""))) {
      store.put("a", "1", Ttl.NONE, deadline());
      server.kill();

      KvStoreException gone = failure(() -> store.get("a", deadline()));
      assertThat(gone.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(gone).hasMessageContaining("127.0.0.1:" + server.port());

      server.start();
      store.put("a", "2", Ttl.NONE, deadline());
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("2");
    }
  }

  @Test
  void aWriteWhoseAnswerIsLostIsUnknownAndNotRepeated() throws IOException {
    try (TcpProxy proxy = new TcpProxy(server.port());
        KvStore store = open("redis://127.0.0.1:" + proxy.port())) {
      store.put("a", "1", Ttl.NONE, deadline());
      proxy.keepAnswersBack();
      Deadline hasty = Deadline.in(Duration.ofMillis(300), clock);

      KvStoreException lost = failure(() -> store.put("a", "2", Ttl.NONE, hasty));

      assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
      assertThat(others.sync().get("a")).isEqualTo("2");
      others.sync().set("a", "theirs");
      proxy.cut();
      assertThat(failure(() -> store.get("a", Deadline.in(Duration.ZERO, clock))))
          .isNotNull();
      assertThat(reading(store, "a")).isEqualTo("theirs");
    }
  }

  /** The first call may still meet the line that was cut. */
  private String reading(KvStore store, String key) {
    try {
      return store.get(key, deadline()).orElseThrow().value();
    } catch (KvStoreException e) {
      assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      return store.get(key, deadline()).orElseThrow().value();
    }
  }

  @Test
  void aWriteInFlightWhenTheLineIsCutIsUnknown() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port());
        KvStore store = open("redis://127.0.0.1:" + proxy.port())) {
      store.put("a", "1", Ttl.NONE, deadline());
      proxy.keepAnswersBack();
      Thread cutter = new Thread(() -> {
        try {
          await(() -> "2".equals(others.sync().get("a")));
          proxy.cut();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      });
      cutter.start();

      KvStoreException lost = failure(() -> store.put("a", "2", Ttl.NONE, deadline()));

      assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
      cutter.join();
    }
  }

  @Test
  void aServerKilledInMidWriteLeavesAnUnknownOutcomeAndIsUsedAgain() throws Exception {
    String large = "x".repeat(32 << 20);
    try (TcpProxy proxy = new TcpProxy(server.port());
        KvStore store = open("redis://127.0.0.1:" + proxy.port())) {
      store.put("a", "1", Ttl.NONE, deadline());
      proxy.onceSent(8 << 20, server::kill);

      KvStoreException lost =
          failure(() -> store.put("a", large, Ttl.NONE, Deadline.in(SOON, clock)));
      server.start();

      assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
      await(() -> isWritten(store));
      assertThat(store.get("b", deadline())).map(KvEntry::value).contains("2");
      assertThat(store.get("a", deadline())).isEmpty();
    }
  }

  @Test
  void aLineCutInMidWriteLeavesTheOldValueWhole() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port());
        KvStore store = open("redis://127.0.0.1:" + proxy.port())) {
      store.put("a", "1", Ttl.NONE, deadline());
      proxy.onceSent(8 << 20, proxy::cut);

      KvStoreException lost =
          failure(() -> store.put("a", "x".repeat(32 << 20), Ttl.NONE, Deadline.in(SOON, clock)));

      assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
      await(() -> isWritten(store));
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("1");
    }
  }

  private boolean isWritten(KvStore store) {
    try {
      store.put("b", "2", Ttl.NONE, deadline());
      return true;
    } catch (KvStoreException e) {
      return false;
    }
  }

  @Test
  void aWrongPasswordIsRejectedAndNotShown() {
    others.sync().configSet("requirepass", "correct");
    try (KvStore wrong = open("redis://:hunter2@127.0.0.1:" + server.port());
        KvStore none = open(server.uri(""));
        KvStore right = open("redis://:correct@127.0.0.1:" + server.port())) {
      KvStoreException refused = failure(() -> wrong.get("a", deadline()));
      assertThat(refused.kind()).as("%s", refused).isEqualTo(Kind.REJECTED);
      assertThat(refused).hasMessageContaining("WRONGPASS").hasMessageNotContaining("hunter2");
      assertThat(failure(() -> none.get("a", deadline())).kind()).isEqualTo(Kind.REJECTED);
      assertThat(right.get("a", deadline())).isEmpty();
    }
  }
}
