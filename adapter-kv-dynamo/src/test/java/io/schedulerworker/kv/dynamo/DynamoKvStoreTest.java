package io.schedulerworker.kv.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the contracts do not ask: values in chunks and what crashes leave of them, and DynamoDB's refusals. */
class DynamoKvStoreTest {
  private static final String TABLE = "jobs-table";
  private static final String LARGE = "x".repeat(1_000_000);
  private static final Duration SOON = Duration.ofSeconds(20);

  private static DynamoServer server;
  private static DynamoDbClient raw;

  private final Clock clock = new SystemClock();
  private FaultyFront front;

  @BeforeAll
  static void startServer() throws Exception {
    server = DynamoServer.start();
    raw = server.client();
  }

  @AfterAll
  static void stopServer() {
    raw.close();
    server.close();
  }

  @BeforeEach
  void makeTable() throws Exception {
    assertThat(new DynamoKvStoreProvider().create(server.uri(TABLE, "jobs"), clock, deadline()))
        .contains("made the table " + TABLE);
    front = new FaultyFront(server.port());
  }

  @AfterEach
  void dropTable() {
    front.close();
    raw.deleteTable(request -> request.tableName(TABLE));
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), clock);
  }

  private KvStore open() {
    return new DynamoKvStoreProvider().open(server.uri(TABLE, "jobs"), clock);
  }

  private KvStore openBehindFront() {
    return new DynamoKvStoreProvider().open(DynamoServer.uri(TABLE, "jobs", front.port()), clock);
  }

  private static KvStoreException failure(ThrowingCallable call) {
    return catchThrowableOfType(KvStoreException.class, call);
  }

  private static int itemsIn(String namespace) {
    return raw.query(request -> request
            .tableName(TABLE)
            .consistentRead(true)
            .keyConditionExpression("#n = :n")
            .projectionExpression("#k")
            .expressionAttributeNames(Map.of("#n", "namespace", "#k", "key"))
            .expressionAttributeValues(Map.of(":n", AttributeValue.fromS(namespace))))
        .count();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void theTableIsMadeOnceAndExpiredItemsAreClearedAway() {
    assertThat(new DynamoKvStoreProvider().create(server.uri(TABLE, "jobs"), clock, deadline()))
        .isEmpty();
    assertThat(raw.describeTimeToLive(request -> request.tableName(TABLE))
            .timeToLiveDescription()
            .attributeName())
        .isEqualTo("expires");
  }

  @Test
  void namespacesDoNotSeeEachOther() {
    try (KvStore jobs = open();
        KvStore config = new DynamoKvStoreProvider().open(server.uri(TABLE, "config"), clock)) {
      jobs.put("a", "1", Ttl.NONE, deadline());
      assertThat(config.get("a", deadline())).isEmpty();
      assertThat(config.list(KvListing.ascending("", 10), deadline()).entries()).isEmpty();
    }
  }

  @Test
  void theChunksOfAValueThatIsReplacedAreRemoved() throws Exception {
    try (KvStore store = open()) {
      Version first = store.put("a", LARGE, Ttl.NONE, deadline());
      assertThat(itemsIn("jobs#chunks")).isEqualTo(3);

      assertThat(store.replaceIfUnchanged("a", LARGE + "y", first, Ttl.NONE, deadline()))
          .isPresent();
      await(() -> itemsIn("jobs#chunks") == 3 && itemsIn("jobs#generations") == 1);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains(LARGE + "y");

      store.put("a", "small", Ttl.NONE, deadline());
      await(() -> itemsIn("jobs#chunks") == 0 && itemsIn("jobs#generations") == 0);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("small");
    }
  }

  @Test
  void theChunksOfAWriteThatLostAreRemoved() throws Exception {
    try (KvStore store = open()) {
      Version first = store.put("a", "small", Ttl.NONE, deadline());
      store.put("a", "other", Ttl.NONE, deadline());

      assertThat(store.replaceIfUnchanged("a", LARGE, first, Ttl.NONE, deadline()))
          .isEmpty();
      assertThat(store.putIfAbsent("a", LARGE, Ttl.NONE, deadline())).isEmpty();

      await(() -> itemsIn("jobs#chunks") == 0 && itemsIn("jobs#generations") == 0);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("other");
    }
  }

  @Test
  void whatACrashLeavesBehindIsRemovedAndWhatIsInUseIsNot() throws Exception {
    SimulatedClock earlier = new SimulatedClock(Instant.now().minus(Duration.ofHours(1)));
    String uri = DynamoServer.uri(TABLE, "jobs", front.port());
    try (KvStore store = new DynamoKvStoreProvider().open(uri, earlier)) {
      store.put("kept", LARGE, Ttl.NONE, Deadline.in(SOON, earlier));
      front.refuse("TransactWriteItems", 500, "InternalServerError");
      front.refuse("GetItem", 400, "AccessDeniedException");
      front.refuse("GetItem", 400, "AccessDeniedException");
      failure(() -> store.put("lost", LARGE, Ttl.NONE, Deadline.in(SOON, earlier)));
    }
    raw.putItem(request -> request
        .tableName(TABLE)
        .item(Map.of(
            "namespace", AttributeValue.fromS("jobs#generations"),
            "key", AttributeValue.fromS("no-head"),
            "of", AttributeValue.fromS("never"),
            "chunks", AttributeValue.fromN("2"),
            "made", AttributeValue.fromN(String.valueOf(earlier.now().getEpochSecond())))));
    raw.putItem(request -> request
        .tableName(TABLE)
        .item(Map.of(
            "namespace", AttributeValue.fromS("jobs#chunks"),
            "key", AttributeValue.fromS("no-head#00000"))));

    try (KvStore store = open()) {
      assertThat(store.get("lost", deadline())).isEmpty();
      await(() -> itemsIn("jobs#generations") == 1 && itemsIn("jobs#chunks") == 3);
      assertThat(store.get("kept", deadline())).map(KvEntry::value).contains(LARGE);
    }
  }

  @Test
  void aLargeWriteWhoseAnswerIsLostIsUnknownAndStaysWhole() throws Exception {
    try (KvStore store = openBehindFront()) {
      store.put("a", "old", Ttl.NONE, deadline());
      front.swallow("TransactWriteItems");
      assertThat(failure(() -> store.put("a", LARGE, Ttl.NONE, deadline())).kind())
          .isEqualTo(Kind.OUTCOME_UNKNOWN);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains(LARGE);

      front.swallow("PutItem");
      assertThat(
              failure(() -> store.put("a", LARGE + "z", Ttl.NONE, deadline())).kind())
          .isEqualTo(Kind.OUTCOME_UNKNOWN);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains(LARGE);
    }
  }

  @Test
  void largeValuesAreListedWhole() {
    try (KvStore store = open()) {
      store.put("a", LARGE, Ttl.NONE, deadline());
      store.put("b", "small", Ttl.NONE, deadline());
      List<String> values = store.list(KvListing.descending("", 10), deadline()).entries().stream()
          .map(KvEntry::value)
          .toList();
      assertThat(values).containsExactly("small", LARGE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded"
  })
  void whatIsThrottledIsRepeated(int status, String code) {
    try (KvStore store = openBehindFront()) {
      front.refuse("PutItem", status, code);
      front.refuse("PutItem", status, code);
      front.refuse("GetItem", status, code);
      assertThat(store.putIfAbsent("a", "1", Ttl.NONE, deadline())).isPresent();
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("1");
    }
  }

  @Test
  void whatIsThrottledToTheEndWasNotWritten() {
    SimulatedClock simulated = new SimulatedClock(Instant.EPOCH);
    Deadline end = Deadline.in(Duration.ofSeconds(60), simulated);
    try (KvStore store = openBehindFront()) {
      for (int i = 0; i < 4; i++) {
        front.refuse("PutItem", 400, "ThrottlingException");
      }
      front.refusing = () -> simulated.advance(Duration.ofSeconds(20));
      assertThat(store.get("a", deadline())).isEmpty();
      int before = front.calls();
      KvStoreException e = failure(() -> store.put("a", "1", Ttl.NONE, end));
      assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(front.calls()).isEqualTo(before + 3);
      assertThat(store.get("a", deadline())).isEmpty();
    }
  }

  /** As the client has it where the deadline cuts it off from a refusal. */
  @Test
  void aRefusalWithoutAReasonIsNoVerdict() {
    try (KvStore store = openBehindFront()) {
      front.refuse("PutItem", 400, "");
      KvStoreException e = failure(() -> store.put("a", "1", Ttl.NONE, deadline()));
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(e).hasMessageContaining("refused with 400, without a reason");
    }
  }

  @Test
  void aReadThatFailedWithinIsRepeatedAndAWriteIsUnknown() {
    try (KvStore store = openBehindFront()) {
      store.put("a", "1", Ttl.NONE, deadline());
      front.refuse("GetItem", 500, "InternalServerError");
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("1");
      front.refuse("PutItem", 500, "InternalServerError");
      assertThat(failure(() -> store.put("a", "2", Ttl.NONE, deadline())).kind())
          .isEqualTo(Kind.OUTCOME_UNKNOWN);
    }
  }

  @Test
  void aWriteWhoseAnswerIsLostIsUnknownAndNotRepeated() {
    try (KvStore store = openBehindFront()) {
      store.put("a", "1", Ttl.NONE, deadline());
      front.swallow("PutItem");
      int before = front.calls();
      assertThat(failure(() -> store.put("a", "2", Ttl.NONE, deadline())).kind())
          .isEqualTo(Kind.OUTCOME_UNKNOWN);
      assertThat(front.calls()).isEqualTo(before + 1);
      assertThat(store.get("a", deadline())).map(KvEntry::value).contains("2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "UnrecognizedClient", "ExpiredToken"})
  void whatIsNotAllowedIsRejected(String code) {
    try (KvStore store = openBehindFront()) {
      front.refuse("GetItem", 400, code + "Exception");
      KvStoreException e = failure(() -> store.get("a", deadline()));
      assertThat(e.kind()).isEqualTo(Kind.REJECTED);
      assertThat(e)
          .hasMessageContaining(": " + code + ": ")
          .hasMessageContaining("dynamodb://" + TABLE);
    }
  }

  @Test
  void aTableThatIsNotThereIsSaidAndHowToMakeIt() {
    try (KvStore store = new DynamoKvStoreProvider().open(server.uri("nowhere", "jobs"), clock)) {
      KvStoreException e = failure(() -> store.get("a", deadline()));
      assertThat(e.kind()).isEqualTo(Kind.REJECTED);
      assertThat(e).hasMessageContaining("stores create");
    }
  }

  @Test
  void aServerThatIsNotThereIsOutOfReachAndNothingWasWritten() {
    try (KvStore store =
        new DynamoKvStoreProvider().open(DynamoServer.uri(TABLE, "jobs", 1), clock)) {
      assertThat(failure(() -> store.put("a", "1", Ttl.NONE, deadline())).kind())
          .isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb:",
        "dynamodb://",
        "dynamodb://t",
        "dynamodb://table?regoin=x",
        "dynamodb://table?region=EU Central",
        "dynamodb://table?endpoint=localhost",
        "dynamodb://table?namespace=a%23b",
        "dynamodb://user:hunter2@table"
      })
  void whatIsNoAddressIsSaid(String uri) {
    IllegalArgumentException e = catchThrowableOfType(
        IllegalArgumentException.class, () -> new DynamoKvStoreProvider().open(uri, clock));
    assertThat(e)
        .hasMessageContaining("dynamodb://scheduler-worker")
        .hasMessageNotContaining("hunter2");
  }
}
