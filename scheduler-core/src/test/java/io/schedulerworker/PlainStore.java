package io.schedulerworker;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A map as a store, to be looked into and broken by a test. The value is its own version. */
final class PlainStore implements KvStore {
  final Map<String, String> values = new ConcurrentHashMap<>();
  final Map<String, Ttl> lives = new ConcurrentHashMap<>();

  /** What the next calls run into, one each, before they do anything. */
  final Deque<Runnable> before = new ArrayDeque<>();

  /** Is told the key that is to be read. */
  Consumer<String> reading = key -> {};

  /** Is told the key that is to be written, or deleted if unchanged, before that is done; may throw. */
  Consumer<String> writing = key -> {};

  /** Is told the key of each conditional replacement that was made: time may pass before its answer is there. */
  Consumer<String> replaced = key -> {};

  /** Values that are refused as too large are. */
  Predicate<String> refuses = value -> false;

  /** How many pages were listed at most by one deadline. */
  int mostPages;

  private final IdentityHashMap<Deadline, Integer> pages = new IdentityHashMap<>();

  private synchronized void listing(Deadline deadline) {
    mostPages = Math.max(mostPages, pages.merge(deadline, 1, Integer::sum));
  }

  synchronized void failNext(KvStoreException.Kind kind, int times) {
    for (int i = 0; i < times; i++) {
      before.add(() -> {
        throw new KvStoreException(kind, "the store is away", null);
      });
    }
  }

  private void check(String key, String value) {
    writing.accept(key);
    KvTexts.checkValue(value);
    if (refuses.test(value)) {
      throw new IllegalArgumentException("a value has 1 to 9 bytes, this one has 10");
    }
  }

  private synchronized void begin() {
    Runnable next = before.poll();
    if (next != null) {
      next.run();
    }
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    reading.accept(key);
    begin();
    return Optional.ofNullable(values.get(key))
        .map(value -> new KvEntry(key, value, new Version(value)));
  }

  @Override
  public synchronized Version put(String key, String value, Ttl ttl, Deadline deadline) {
    check(key, value);
    begin();
    lives.put(key, ttl);
    values.put(key, value);
    return new Version(value);
  }

  @Override
  public synchronized Optional<Version> putIfAbsent(
      String key, String value, Ttl ttl, Deadline deadline) {
    check(key, value);
    begin();
    if (values.putIfAbsent(key, value) != null) {
      return Optional.empty();
    }
    lives.put(key, ttl);
    return Optional.of(new Version(value));
  }

  @Override
  public synchronized Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    check(key, value);
    begin();
    if (!values.replace(key, expected.token(), value)) {
      return Optional.empty();
    }
    lives.put(key, ttl);
    replaced.accept(key);
    return Optional.of(new Version(value));
  }

  @Override
  public void delete(String key, Deadline deadline) {
    begin();
    values.remove(key);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    writing.accept(key);
    begin();
    return values.remove(key, expected.token());
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    begin();
    listing(deadline);
    boolean up = listing.order() == KvListing.Order.ASCENDING;
    Comparator<String> order = up ? Comparator.naturalOrder() : Comparator.reverseOrder();
    List<KvEntry> rest = values.entrySet().stream()
        .filter(each -> each.getKey().startsWith(listing.prefix()))
        .filter(each -> listing
            .after()
            .filter(after -> order.compare(each.getKey(), after) <= 0)
            .isEmpty())
        .sorted(Map.Entry.comparingByKey(order))
        .map(each -> new KvEntry(each.getKey(), each.getValue(), new Version(each.getValue())))
        .toList();
    List<KvEntry> page = rest.subList(0, Math.min(rest.size(), listing.limit()));
    return new KvPage(
        page,
        page.size() == rest.size()
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).key()));
  }

  @Override
  public void close() {}
}
