package io.schedulerworker.kv.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that are cut and a server that goes while it is written to: the old value or the new one, and no restart of ours.
 * Beside other classes, but one test after the other: they stop the one server that they share.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadNetworkTest {
  private static final int IN_ONE_ITEM = 300_000;
  private static final int IN_CHUNKS = 3_000_000;

  @TempDir
  static Path folder;

  private static DynamoServer server;

  private final Clock clock = new SystemClock();
  private TcpProxy proxy;
  private KvStore store;

  @BeforeAll
  static void startServer() throws Exception {
    server = DynamoServer.startIn(folder);
    DynamoHarness.makeTable(server);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    proxy = new TcpProxy(server.port());
    String uri = DynamoServer.uri(DynamoHarness.TABLE, "network", proxy.port());
    store = new DynamoKvStoreProvider().open(uri, clock);
    store.put("a", "old", Ttl.NONE, deadline());
  }

  @AfterEach
  void close() {
    store.close();
    proxy.close();
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(20), clock);
  }

  private KvStoreException failureOfWriting(int size, Deadline deadline) {
    return catchThrowableOfType(
        KvStoreException.class, () -> store.put("a", "x".repeat(size), Ttl.NONE, deadline));
  }

  private String read() {
    return store.get("a", deadline()).map(KvEntry::value).orElseThrow();
  }

  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @ValueSource(ints = {IN_ONE_ITEM, IN_CHUNKS})
  void aLineCutInMidWriteLeavesTheOldValueWhole(int size) {
    proxy.onceSent(size / 2, proxy::cut);

    assertThat(failureOfWriting(size, deadline()).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);

    assertThat(read()).isEqualTo("old");
    store.put("a", "x".repeat(size), Ttl.NONE, deadline());
    assertThat(read()).hasSize(size);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.SAME_THREAD)
  @ValueSource(ints = {IN_ONE_ITEM, IN_CHUNKS})
  void aServerStoppedInMidWriteIsUsedAgainWhenItIsBack(int size) throws Exception {
    proxy.onceSent(size / 2, server::close);

    assertThat(failureOfWriting(size, deadline()).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    Deadline hasty = Deadline.in(Duration.ofSeconds(2), clock);
    KvStoreException gone =
        catchThrowableOfType(KvStoreException.class, () -> store.get("a", hasty));
    assertThat(gone.kind()).isEqualTo(Kind.UNAVAILABLE);
    server.startAgain();

    assertThat(read()).isEqualTo("old");
    store.put("a", "x".repeat(size), Ttl.NONE, deadline());
    assertThat(read()).hasSize(size);
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void aWriteThatHasNoAnswerEndsByItsDeadlineAndIsNotRepeated() {
    proxy.keepAnswersBack();

    Deadline hasty = Deadline.in(Duration.ofMillis(500), clock);
    assertThat(failureOfWriting(100, hasty).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    proxy.cut();

    assertThat(read()).hasSize(100);
  }
}
