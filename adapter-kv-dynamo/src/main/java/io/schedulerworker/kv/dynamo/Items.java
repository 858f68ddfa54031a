package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.Version;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads values out of items. */
final class Items {
  private final Table table;
  private final Generations generations;
  private final Failures failures;
  private final Life life;
  private final String namespace;

  Items(Table table, Generations generations, Failures failures, Life life, String namespace) {
    this.table = table;
    this.generations = generations;
    this.failures = failures;
    this.life = life;
    this.namespace = namespace;
  }

  /** The item that lives under a key. */
  Optional<Map<String, AttributeValue>> find(String key, Deadline deadline) {
    return table.get(Schema.id(namespace, key), key, deadline).filter(item -> !life.isOver(item));
  }

  Version version(String key, Map<String, AttributeValue> item) {
    String text = text(item);
    if (text != null) {
      return ValueVersion.whenAsked(text);
    }
    if (isChunked(item)) {
      return new Version(Schema.textIn(item, Schema.DIGEST));
    }
    throw failures.rejected(key, "its item has no text in the attribute " + Schema.VALUE);
  }

  /** The entry of an item, or of the one that took its place while its chunks were read. */
  Optional<KvEntry> entry(String key, Map<String, AttributeValue> item, Deadline deadline) {
    Optional<Map<String, AttributeValue>> now = Optional.of(item);
    while (now.isPresent()) {
      Map<String, AttributeValue> head = now.get();
      Version version = version(key, head);
      String text = text(head);
      if (text != null) {
        return Optional.of(new KvEntry(key, text, version));
      }
      Optional<byte[]> whole = generations.read(head, key, deadline);
      if (whole.isPresent()) {
        return Optional.of(new KvEntry(key, new String(whole.get(), UTF_8), version));
      }
      now = find(key, deadline);
      if (now.map(next -> next.get(Schema.GENERATION))
          .equals(Optional.of(Schema.in(head, Schema.GENERATION)))) {
        throw failures.rejected(key, "parts of its value are missing");
      }
    }
    return Optional.empty();
  }

  private static @Nullable String text(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(Schema.VALUE);
    return value == null ? null : value.s();
  }

  private static boolean isChunked(Map<String, AttributeValue> item) {
    return item.containsKey(Schema.GENERATION)
        && item.containsKey(Schema.DIGEST)
        && item.containsKey(Schema.SIZE);
  }

  boolean isValue(Map<String, AttributeValue> item) {
    return !life.isOver(item) && (text(item) != null || isChunked(item));
  }

  /** About how much memory the value takes. */
  static long size(Map<String, AttributeValue> item) {
    String text = text(item);
    return text == null ? Schema.numberIn(item, Schema.SIZE) : text.length();
  }
}
