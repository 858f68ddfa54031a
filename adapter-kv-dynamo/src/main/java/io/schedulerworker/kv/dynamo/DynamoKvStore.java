package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A store in a DynamoDB table: an item for each value, with its text in the attribute {@code value}, in one partition for each
 * namespace. Values too large for an item are in chunks, see {@link Generations}.
 *
 * <p>Conditions are checked by DynamoDB, in one step with the write; reads are strongly consistent. The version of a value is
 * its SHA-256. Our wall clock decides what has expired, in whole seconds and never early.
 *
 * <p>Thread-safe. The client is made for the first call.
 */
public final class DynamoKvStore implements KvStore {
  private final LazyClient client;
  private final Table table;
  private final Life life;
  private final Generations generations;
  private final Items items;
  private final Listings listings;
  private final Sweep sweep;
  private final String namespace;
  private final AtomicBoolean closed = new AtomicBoolean();

  DynamoKvStore(TableAddress address, Clock clock) {
    Failures failures = new Failures(address.shown());
    this.namespace = address.namespace();
    this.client = new LazyClient(address);
    this.table = new Table(address.table(), new Attempts(client, failures));
    this.life = new Life(clock);
    this.generations = new Generations(table, failures, life, namespace);
    this.items = new Items(table, generations, failures, life, namespace);
    this.listings = new Listings(table, items, namespace);
    this.sweep = new Sweep(generations, clock);
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    use(key);
    return items.find(key, deadline).flatMap(item -> items.entry(key, item, deadline));
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    use(key);
    return write(key, value, ttl, Optional.empty(), deadline).orElseThrow();
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    use(key);
    return write(key, value, ttl, Optional.of(Condition.absent(life.now())), deadline);
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    use(key);
    KvTexts.checkValue(value);
    return same(key, expected, deadline)
        .flatMap(unchanged -> write(key, value, ttl, Optional.of(unchanged), deadline));
  }

  @Override
  public void delete(String key, Deadline deadline) {
    use(key);
    table.delete(Schema.id(namespace, key), null, key, deadline).ifPresent(this::replaced);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    use(key);
    Optional<Map<String, AttributeValue>> deleted = same(key, expected, deadline)
        .flatMap(unchanged -> table.delete(Schema.id(namespace, key), unchanged, key, deadline));
    deleted.ifPresent(this::replaced);
    return deleted.isPresent();
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    requireOpen();
    sweep.start();
    return listings.page(listing, deadline);
  }

  /** What must hold of the item for it to be of a version; empty if it is not. */
  private Optional<Condition> same(String key, Version expected, Deadline deadline) {
    return items
        .find(key, deadline)
        .filter(item -> items.version(key, item).equals(expected))
        .map(item -> Condition.same(item, life.now()));
  }

  private Optional<Version> write(
      String key, String value, Ttl ttl, Optional<Condition> condition, Deadline deadline) {
    byte[] bytes = KvTexts.checkValue(value).getBytes(UTF_8);
    Map<String, AttributeValue> item = new HashMap<>(Schema.id(namespace, key));
    life.end(ttl).ifPresent(end -> item.put(Schema.EXPIRES, Schema.number(end)));
    boolean written = bytes.length <= Generations.CHUNK_BYTES
        ? writeWhole(key, value, item, condition, deadline)
        : writeInChunks(key, bytes, item, condition, deadline);
    return written ? Optional.of(new Version(ValueVersion.digest(bytes))) : Optional.empty();
  }

  private boolean writeWhole(
      String key,
      String value,
      Map<String, AttributeValue> item,
      Optional<Condition> condition,
      Deadline deadline) {
    item.put(Schema.VALUE, Schema.text(value));
    Optional<Map<String, AttributeValue>> before =
        table.put(item, condition.orElse(null), key, deadline);
    before.ifPresent(this::replaced);
    return before.isPresent();
  }

  private boolean writeInChunks(
      String key,
      byte[] value,
      Map<String, AttributeValue> item,
      Optional<Condition> condition,
      Deadline deadline) {
    Optional<Map<String, AttributeValue>> before =
        table.get(Schema.id(namespace, key), key, deadline);
    item.putAll(generations.write(key, value, deadline));
    boolean named = false;
    try {
      named = generations.name(item, condition, key, deadline);
    } finally {
      if (named) {
        before.ifPresent(this::replaced);
      } else {
        replaced(item);
      }
    }
    return named;
  }

  /** Looks at once whether the chunks of an item, if it has any, are of use to anybody. */
  private void replaced(Map<String, AttributeValue> item) {
    AttributeValue generation = item.get(Schema.GENERATION);
    if (generation != null) {
      sweep.soon(generation.s());
    }
  }

  private void use(String key) {
    requireOpen();
    KvTexts.checkKey(key);
    sweep.start();
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the store in DynamoDB is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      sweep.close();
      client.close();
    }
  }
}
