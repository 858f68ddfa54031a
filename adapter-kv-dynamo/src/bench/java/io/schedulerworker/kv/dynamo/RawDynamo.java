package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The client alone, which sends what the store sends for values that fit an item, and reads those that do not. */
class RawDynamo implements AutoCloseable {
  private static final int ENOUGH_BYTES = 8 << 20;

  final DynamoDbClient dynamo;
  final String table;
  final String namespace;

  RawDynamo(DynamoDbClient dynamo, String table, String namespace) {
    this.dynamo = dynamo;
    this.table = table;
    this.namespace = namespace;
  }

  final Map<String, AttributeValue> item(Map<String, AttributeValue> id) {
    return dynamo
        .getItem(GetItemRequest.builder()
            .tableName(table)
            .key(id)
            .consistentRead(true)
            .build())
        .item();
  }

  final Map<String, AttributeValue> put(Map<String, AttributeValue> item) {
    return dynamo
        .putItem(PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .returnValues(ReturnValue.ALL_OLD)
            .build())
        .attributes();
  }

  static long now() {
    return System.currentTimeMillis() / 1_000;
  }

  String get(String key) {
    return text(item(Schema.id(namespace, key)));
  }

  private String text(Map<String, AttributeValue> item) {
    return item.containsKey(Schema.VALUE)
        ? Schema.textIn(item, Schema.VALUE)
        : whole(Schema.textIn(item, Schema.GENERATION));
  }

  private String whole(String generation) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    Map<String, AttributeValue> from = Map.of();
    do {
      QueryResponse page = dynamo.query(QueryRequest.builder()
          .tableName(table)
          .consistentRead(true)
          .keyConditionExpression("#namespace = :namespace AND begins_with(#key, :generation)")
          .expressionAttributeNames(Map.of("#namespace", Schema.NAMESPACE, "#key", Schema.KEY))
          .expressionAttributeValues(Map.of(
              ":namespace", Schema.text(Schema.chunksOf(namespace)),
              ":generation", Schema.text(generation + "#")))
          .exclusiveStartKey(from.isEmpty() ? null : from)
          .build());
      page.items()
          .forEach(
              chunk -> value.writeBytes(Schema.in(chunk, Schema.BYTES).b().asByteArrayUnsafe()));
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
    return value.toString(UTF_8);
  }

  /** Reads, and writes if it is still what was read. */
  void replace(String key, String value) {
    Map<String, AttributeValue> old = item(Schema.id(namespace, key));
    Condition same = Condition.same(old, now());
    Map<String, AttributeValue> item = new HashMap<>(Schema.id(namespace, key));
    item.put(Schema.VALUE, Schema.text(value));
    dynamo.putItem(PutItemRequest.builder()
        .tableName(table)
        .item(item)
        .returnValues(ReturnValue.ALL_OLD)
        .conditionExpression(same.expression())
        .expressionAttributeNames(same.names())
        .expressionAttributeValues(same.values())
        .build());
  }

  /** As many values as a page of the store has. */
  List<String> list(String first, int limit) {
    List<String> values = new ArrayList<>();
    long bytes = 0;
    for (Map<String, AttributeValue> item : items(first, limit)) {
      bytes += Items.size(item);
      if (bytes > ENOUGH_BYTES || values.size() == limit) {
        break;
      }
      values.add(text(item));
    }
    return values;
  }

  private List<Map<String, AttributeValue>> items(String first, int limit) {
    return dynamo
        .query(QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .keyConditionExpression("#namespace = :namespace AND begins_with(#key, :prefix)")
            .expressionAttributeNames(Map.of("#namespace", Schema.NAMESPACE, "#key", Schema.KEY))
            .expressionAttributeValues(
                Map.of(":namespace", Schema.text(namespace), ":prefix", Schema.text(first)))
            .scanIndexForward(true)
            .limit(limit + 1)
            .build())
        .items();
  }

  /** The client stays open. */
  @Override
  public void close() {}
}
