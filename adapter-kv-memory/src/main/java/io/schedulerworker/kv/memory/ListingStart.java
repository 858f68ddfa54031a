package io.schedulerworker.kv.memory;

import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvStore;
import java.util.concurrent.ConcurrentNavigableMap;

/** Finds where in the map a listing begins. It ends with the first key that lacks the prefix. */
final class ListingStart {
  /** Of as many greatest code points, 4 bytes each, as a key can have: appended to a prefix, no key of it is greater. */
  private static final String GREATEST = "\udbff\udfff".repeat(KvStore.MAX_KEY_BYTES / 4);

  private ListingStart() {}

  /** What no key with the prefix is greater than. */
  static String greatest(String prefix) {
    return prefix + GREATEST;
  }

  /** The items from there on, in the order of the listing. */
  static ConcurrentNavigableMap<String, Item> of(
      KvListing listing, ConcurrentNavigableMap<String, Item> items) {
    return listing.order() == Order.ASCENDING
        ? ascending(listing, items)
        : descending(listing, items);
  }

  private static ConcurrentNavigableMap<String, Item> ascending(
      KvListing listing, ConcurrentNavigableMap<String, Item> items) {
    String least = listing.prefix();
    return listing
        .after()
        .filter(after -> CodePointOrder.INSTANCE.compare(after, least) >= 0)
        .map(after -> items.tailMap(after, false))
        .orElseGet(() -> items.tailMap(least, true));
  }

  private static ConcurrentNavigableMap<String, Item> descending(
      KvListing listing, ConcurrentNavigableMap<String, Item> items) {
    String greatest = greatest(listing.prefix());
    return listing
        .after()
        .filter(after -> CodePointOrder.INSTANCE.compare(after, greatest) <= 0)
        .map(after -> items.headMap(after, false))
        .orElseGet(() -> items.headMap(greatest, true))
        .descendingMap();
  }
}
