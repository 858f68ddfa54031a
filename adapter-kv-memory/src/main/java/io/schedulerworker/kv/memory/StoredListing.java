package io.schedulerworker.kv.memory;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads one page of a listing off a file. */
final class StoredListing {
  /** A page of large values ends early, to bound its size. */
  private static final long MOST_CHARACTERS = 8 << 20;

  private StoredListing() {}

  static KvPage page(KvListing listing, StoredValues values, Instant now) {
    List<KvEntry> entries = new ArrayList<>();
    long characters = 0;
    Cursor<String, StoredItem> cursor = cursor(listing, values);
    while (cursor.hasNext()) {
      String key = cursor.next();
      if (isBefore(listing, key)) {
        continue;
      }
      if (!key.startsWith(listing.prefix())) {
        break;
      }
      StoredItem item = cursor.getValue();
      if (item.isOver(now)) {
        continue;
      }
      if (entries.size() == listing.limit() || characters > MOST_CHARACTERS) {
        return new KvPage(entries, Optional.of(entries.get(entries.size() - 1).key()));
      }
      entries.add(values.entry(key, item));
      characters += item.text().length();
    }
    return new KvPage(entries, Optional.empty());
  }

  private static Cursor<String, StoredItem> cursor(KvListing listing, StoredValues values) {
    boolean descending = listing.order() == Order.DESCENDING;
    return values.from(start(listing, descending), descending);
  }

  /** Where to begin: what is asked to begin after, or the end of the prefix's keys that comes first. */
  private static @Nullable String start(KvListing listing, boolean descending) {
    String edge = descending ? ListingStart.greatest(listing.prefix()) : listing.prefix();
    String after = listing.after().orElse(edge);
    int order = CodePointOrder.INSTANCE.compare(after, edge);
    return (descending ? order < 0 : order > 0) ? after : edge;
  }

  private static boolean isBefore(KvListing listing, String key) {
    if (listing.after().isEmpty()) {
      return false;
    }
    int order = CodePointOrder.INSTANCE.compare(key, listing.after().get());
    return listing.order() == Order.DESCENDING ? order >= 0 : order <= 0;
  }
}
