package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The client alone, which sends what the store sends for values in chunks, and clears away beside that as the store does. */
final class RawChunks extends RawDynamo {
  private static final String UNKNOWN = "0".repeat(64);

  private final BlockingQueue<Map<String, AttributeValue>> replaced =
      new LinkedBlockingQueue<>(1_000);
  private final Thread clearing;
  private volatile boolean closed;

  RawChunks(DynamoDbClient dynamo, String table, String namespace) {
    super(dynamo, table, namespace);
    clearing = new Thread(this::clear, "raw-sweep");
    clearing.setDaemon(true);
    clearing.start();
  }

  @Override
  void replace(String key, String value) {
    Map<String, AttributeValue> old = item(Schema.id(namespace, key));
    Condition same = Condition.same(old, now());
    Map<String, AttributeValue> before = item(Schema.id(namespace, key));
    Map<String, AttributeValue> head = new HashMap<>(Schema.id(namespace, key));
    head.putAll(chunks(key, value.getBytes(UTF_8)));
    Put put = Put.builder()
        .tableName(table)
        .item(head)
        .conditionExpression(same.expression())
        .expressionAttributeNames(same.names())
        .expressionAttributeValues(same.values())
        .build();
    ConditionCheck notCondemned = ConditionCheck.builder()
        .tableName(table)
        .key(note(Schema.textIn(head, Schema.GENERATION)))
        .conditionExpression("attribute_exists(#key) AND attribute_not_exists(condemned)")
        .expressionAttributeNames(Map.of("#key", Schema.KEY))
        .build();
    dynamo.transactWriteItems(TransactWriteItemsRequest.builder()
        .transactItems(
            TransactWriteItem.builder().put(put).build(),
            TransactWriteItem.builder().conditionCheck(notCondemned).build())
        .build());
    boolean unused = replaced.offer(before);
  }

  private Map<String, AttributeValue> chunks(String key, byte[] value) {
    String generation = UUID.randomUUID().toString();
    int size = Generations.CHUNK_BYTES;
    int count = (value.length + size - 1) / size;
    Map<String, AttributeValue> note = new HashMap<>(note(generation));
    note.put(Schema.OF, Schema.text(key));
    note.put(Schema.CHUNKS, Schema.number(count));
    note.put(Schema.MADE, Schema.number(now()));
    Map<String, AttributeValue> unusedNote = put(note);
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> chunk = new HashMap<>(chunk(generation, i));
      byte[] part = Arrays.copyOfRange(value, i * size, Math.min(value.length, (i + 1) * size));
      chunk.put(Schema.BYTES, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(part)));
      Map<String, AttributeValue> unusedChunk = put(chunk);
    }
    return Map.of(
        Schema.GENERATION,
        Schema.text(generation),
        Schema.CHUNKS,
        Schema.number(count),
        Schema.SIZE,
        Schema.number(value.length),
        Schema.DIGEST,
        Schema.text(UNKNOWN));
  }

  private Map<String, AttributeValue> note(String generation) {
    return Schema.id(Schema.generationsOf(namespace), generation);
  }

  private Map<String, AttributeValue> chunk(String generation, int number) {
    return Schema.id(Schema.chunksOf(namespace), "%s#%05d".formatted(generation, number));
  }

  private void clear() {
    try {
      while (!closed) {
        clear(Schema.textIn(replaced.take(), Schema.GENERATION));
      }
    } catch (InterruptedException | AbortedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    clearing.interrupt();
  }

  private void clear(String generation) {
    Map<String, AttributeValue> note = item(note(generation));
    Map<String, AttributeValue> head = Schema.id(namespace, Schema.textIn(note, Schema.OF));
    Map<String, AttributeValue> unusedHead = item(head);
    dynamo.updateItem(UpdateItemRequest.builder()
        .tableName(table)
        .key(note(generation))
        .updateExpression("SET condemned = :now")
        .conditionExpression("attribute_exists(#key)")
        .expressionAttributeNames(Map.of("#key", Schema.KEY))
        .expressionAttributeValues(Map.of(":now", Schema.number(now())))
        .build());
    Map<String, AttributeValue> unusedAgain = item(head);
    for (int i = 0; i < Schema.numberIn(note, Schema.CHUNKS); i++) {
      delete(chunk(generation, i));
    }
    delete(note(generation));
  }

  private void delete(Map<String, AttributeValue> id) {
    dynamo.deleteItem(DeleteItemRequest.builder()
        .tableName(table)
        .key(id)
        .returnValues(ReturnValue.ALL_OLD)
        .build());
  }
}
