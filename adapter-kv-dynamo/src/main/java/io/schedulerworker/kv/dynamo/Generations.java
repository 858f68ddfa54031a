package io.schedulerworker.kv.dynamo;

import static io.schedulerworker.kv.dynamo.Schema.BYTES;
import static io.schedulerworker.kv.dynamo.Schema.CHUNKS;
import static io.schedulerworker.kv.dynamo.Schema.CONDEMNED;
import static io.schedulerworker.kv.dynamo.Schema.GENERATION;
import static io.schedulerworker.kv.dynamo.Schema.MADE;
import static io.schedulerworker.kv.dynamo.Schema.OF;

import io.schedulerworker.port.Deadline;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Values too large for one item, as chunks. A value's chunks are one generation, which is noted before the first is written and
 * never changed. The item under the key names the generation; who replaces the value writes a new generation and then that one
 * item, so that a reader finds either value whole.
 *
 * <p>What nobody names any more is removed by whoever first condemns its note: a generation that is condemned cannot be named,
 * since the item that names it is written in one transaction with a look at the note. So nothing is taken from under a writer
 * that is slow, however far apart clocks are.
 */
final class Generations {
  /** An item holds 400 KB with all names and keys. */
  static final int CHUNK_BYTES = 390_000;

  private static final long SLOWEST_WRITER_SECONDS = 600;

  private final Table table;
  private final Failures failures;
  private final Life life;
  private final String namespace;

  Generations(Table table, Failures failures, Life life, String namespace) {
    this.table = table;
    this.failures = failures;
    this.life = life;
    this.namespace = namespace;
  }

  /** Writes chunks that nobody names yet. Returns what the item under the key has to say of them. */
  Map<String, AttributeValue> write(String key, byte[] value, Deadline deadline) {
    String generation = UUID.randomUUID().toString();
    int count = (value.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    Map<String, AttributeValue> note = new HashMap<>(note(generation));
    note.put(OF, Schema.text(key));
    note.put(CHUNKS, Schema.number(count));
    note.put(MADE, Schema.number(life.now()));
    table.put(note, null, key, deadline);
    for (int i = 0; i < count; i++) {
      Map<String, AttributeValue> chunk = new HashMap<>(chunk(generation, i));
      int end = Math.min(value.length, (i + 1) * CHUNK_BYTES);
      chunk.put(
          BYTES,
          AttributeValue.fromB(
              SdkBytes.fromByteArrayUnsafe(Arrays.copyOfRange(value, i * CHUNK_BYTES, end))));
      table.put(chunk, null, key, deadline);
    }
    return Map.of(
        GENERATION,
        Schema.text(generation),
        CHUNKS,
        Schema.number(count),
        Schema.SIZE,
        Schema.number(value.length),
        Schema.DIGEST,
        Schema.text(ValueVersion.digest(value)));
  }

  /** Makes an item name its generation; false if the condition does not hold. */
  boolean name(
      Map<String, AttributeValue> head,
      Optional<Condition> condition,
      String key,
      Deadline deadline) {
    Put.Builder put = Put.builder().tableName(table.name()).item(head);
    condition.ifPresent(must -> put.conditionExpression(must.expression())
        .expressionAttributeNames(must.names())
        .expressionAttributeValues(must.values()));
    ConditionCheck notCondemned = ConditionCheck.builder()
        .tableName(table.name())
        .key(note(Schema.textIn(head, GENERATION)))
        .conditionExpression("attribute_exists(#key) AND attribute_not_exists(condemned)")
        .expressionAttributeNames(Map.of("#key", Schema.KEY))
        .build();
    try {
      table.transact(
          TransactWriteItemsRequest.builder()
              .transactItems(
                  TransactWriteItem.builder().put(put.build()).build(),
                  TransactWriteItem.builder().conditionCheck(notCondemned).build()),
          key,
          deadline);
      return true;
    } catch (TransactionCanceledException e) {
      if (isAgainst(e, 0)) {
        return false;
      }
      if (isAgainst(e, 1)) {
        throw failures.unavailable(key, "it took so long to write that it was cleared away", e);
      }
      throw failures.of(key, e, Attempts.Effect.WRITES);
    }
  }

  private static boolean isAgainst(TransactionCanceledException e, int item) {
    return e.cancellationReasons().size() > item
        && "ConditionalCheckFailed".equals(e.cancellationReasons().get(item).code());
  }

  /** The value of an item that names a generation; empty if the chunks are no longer all there. */
  Optional<byte[]> read(Map<String, AttributeValue> head, String key, Deadline deadline) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    Map<String, AttributeValue> from = Map.of();
    do {
      QueryResponse page = table.query(
          chunks(Schema.textIn(head, GENERATION)).exclusiveStartKey(from.isEmpty() ? null : from),
          key,
          deadline);
      page.items()
          .forEach(chunk -> value.writeBytes(Schema.in(chunk, BYTES).b().asByteArrayUnsafe()));
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
    byte[] whole = value.toByteArray();
    return Optional.of(whole)
        .filter(bytes -> bytes.length == Schema.numberIn(head, Schema.SIZE)
            && ValueVersion.digest(bytes).equals(Schema.textIn(head, Schema.DIGEST)));
  }

  private QueryRequest.Builder chunks(String generation) {
    return QueryRequest.builder()
        .keyConditionExpression("#namespace = :namespace AND begins_with(#key, :generation)")
        .expressionAttributeNames(Map.of("#namespace", Schema.NAMESPACE, "#key", Schema.KEY))
        .expressionAttributeValues(Map.of(
            ":namespace", Schema.text(Schema.chunksOf(namespace)),
            ":generation", Schema.text(generation + "#")));
  }

  /** Those that were noted so long ago that whoever wrote them is done, or that are condemned. */
  List<String> settled(Deadline deadline) {
    List<String> settled = new ArrayList<>();
    Map<String, AttributeValue> from = Map.of();
    do {
      QueryResponse page = table.query(
          QueryRequest.builder()
              .keyConditionExpression("#namespace = :namespace")
              .expressionAttributeNames(Map.of("#namespace", Schema.NAMESPACE))
              .expressionAttributeValues(
                  Map.of(":namespace", Schema.text(Schema.generationsOf(namespace))))
              .exclusiveStartKey(from.isEmpty() ? null : from),
          "clearing away",
          deadline);
      page.items().stream()
          .filter(note -> note.containsKey(CONDEMNED)
              || Schema.numberIn(note, MADE) + SLOWEST_WRITER_SECONDS < life.now())
          .forEach(note -> settled.add(Schema.textIn(note, Schema.KEY)));
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
    return settled;
  }

  /** Removes a generation that is not named. */
  void clear(String generation, Deadline deadline) {
    Optional<Map<String, AttributeValue>> note =
        table.get(note(generation), "clearing away", deadline);
    if (note.isEmpty() || isNamed(note.get(), deadline)) {
      return;
    }
    condemn(generation, deadline);
    if (isNamed(note.get(), deadline)) {
      pardon(generation, deadline);
      return;
    }
    for (int i = 0; i < Schema.numberIn(note.get(), CHUNKS); i++) {
      table.delete(chunk(generation, i), null, "clearing away", deadline);
    }
    table.delete(note(generation), null, "clearing away", deadline);
  }

  private boolean isNamed(Map<String, AttributeValue> note, Deadline deadline) {
    Optional<Map<String, AttributeValue>> head =
        table.get(Schema.id(namespace, Schema.textIn(note, OF)), "clearing away", deadline);
    return head.filter(item -> Schema.in(note, Schema.KEY).equals(item.get(GENERATION)))
        .filter(item -> !item.containsKey(Schema.VALUE))
        .filter(item -> !life.isLongOver(item))
        .isPresent();
  }

  private void condemn(String generation, Deadline deadline) {
    table.update(
        UpdateItemRequest.builder()
            .key(note(generation))
            .updateExpression("SET condemned = :now")
            .conditionExpression("attribute_exists(#key)")
            .expressionAttributeNames(Map.of("#key", Schema.KEY))
            .expressionAttributeValues(Map.of(":now", Schema.number(life.now()))),
        "clearing away",
        deadline);
  }

  private void pardon(String generation, Deadline deadline) {
    table.update(
        UpdateItemRequest.builder()
            .key(note(generation))
            .updateExpression("REMOVE condemned")
            .conditionExpression("attribute_exists(#key)")
            .expressionAttributeNames(Map.of("#key", Schema.KEY)),
        "clearing away",
        deadline);
  }

  private Map<String, AttributeValue> note(String generation) {
    return Schema.id(Schema.generationsOf(namespace), generation);
  }

  private Map<String, AttributeValue> chunk(String generation, int number) {
    return Schema.id(Schema.chunksOf(namespace), "%s#%05d".formatted(generation, number));
  }
}
