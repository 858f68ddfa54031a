package io.schedulerworker.kv.dynamo;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.SimulatedClock;
import io.schedulerworker.testing.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contracts' way to a store in DynamoDB. */
final class DynamoHarness implements KvStoreHarness {
  static final String TABLE = "stores";
  private static final String NAMESPACE = "test";

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2026-11-23T09:00:00Z"));
  private final String uri;
  private final KvStore store;
  private final DynamoDbClient raw;

  DynamoHarness(DynamoServer server) {
    this(server, server.port());
  }

  private DynamoHarness(DynamoServer server, int port) {
    this.uri = DynamoServer.uri(TABLE, NAMESPACE, port);
    this.store = open();
    this.raw = server.client();
  }

  /** The store behind a proxy, the foreign program beside it. */
  static DynamoHarness behind(TcpProxy proxy, DynamoServer server) {
    return new DynamoHarness(server, proxy.port());
  }

  /** What the stores of the harness are in. */
  static void makeTable(DynamoServer server) {
    SystemClock clock = new SystemClock();
    new DynamoKvStoreProvider()
        .create(server.uri(TABLE, NAMESPACE), clock, Deadline.in(Duration.ofSeconds(30), clock));
  }

  private KvStore open() {
    return new DynamoKvStoreProvider().open(uri, clock);
  }

  @Override
  public KvStore store() {
    return store;
  }

  @Override
  public Optional<KvStore> openSecondHandle() {
    return Optional.of(open());
  }

  @Override
  public void advance(Duration span) {
    clock.advance(span);
  }

  private static Map<String, AttributeValue> id(String key) {
    return Map.of("namespace", AttributeValue.fromS(NAMESPACE), "key", AttributeValue.fromS(key));
  }

  @Override
  public Optional<String> rawGet(String key) {
    return Optional.ofNullable(
            raw.getItem(request -> request.tableName(TABLE).key(id(key))).item().get("value"))
        .map(AttributeValue::s);
  }

  /** Leaves all else in the item as it is, which is worse for us than an item written anew. */
  @Override
  public void rawPut(String key, String value) {
    raw.updateItem(request -> request
        .tableName(TABLE)
        .key(id(key))
        .updateExpression("SET #value = :value")
        .expressionAttributeNames(Map.of("#value", "value"))
        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
  }

  @Override
  public void close() {
    store.close();
    raw.close();
  }
}
