package io.schedulerworker.kv.dynamo;

import io.schedulerworker.contract.KvStoreHarness;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.testing.SimulatedClock;
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
  private final DynamoServer server;
  private final KvStore store;
  private final DynamoDbClient raw;

  DynamoHarness(DynamoServer server) {
    this.server = server;
    this.store = open();
    this.raw = server.client();
  }

  private KvStore open() {
    return new DynamoKvStoreProvider().open(server.uri(TABLE, NAMESPACE), clock);
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
