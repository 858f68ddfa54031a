package io.schedulerworker.kv.dynamo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Pages of entries: one query for each, in the order of the sort key, which is that of UTF-8. */
final class Listings {
  private static final String ABOUT = "a listing";
  private static final int MOST_ITEMS = 1_000;

  /** A page is at least one value, and ends when its values are this large together. */
  private static final long ENOUGH_BYTES = 8 << 20;

  private final Table table;
  private final Items items;
  private final String namespace;

  Listings(Table table, Items items, String namespace) {
    this.table = table;
    this.items = items;
    this.namespace = namespace;
  }

  KvPage page(KvListing listing, Deadline deadline) {
    Place place = Place.of(listing);
    return place == Place.BEYOND_ALL
        ? new KvPage(List.of(), Optional.empty())
        : new Walk(listing, deadline).page(place == Place.WITHIN);
  }

  /** Where a listing begins: DynamoDB takes no beginning outside of the keys that are asked for. */
  private enum Place {
    BEFORE_ALL,
    WITHIN,
    BEYOND_ALL;

    static Place of(KvListing listing) {
      if (listing.after().isEmpty()) {
        return BEFORE_ALL;
      }
      String after = listing.after().get();
      if (after.startsWith(listing.prefix())) {
        return WITHIN;
      }
      boolean less =
          Arrays.compareUnsigned(after.getBytes(UTF_8), listing.prefix().getBytes(UTF_8)) < 0;
      return less == (listing.order() == Order.ASCENDING) ? BEFORE_ALL : BEYOND_ALL;
    }
  }

  /** One page in the making. */
  private final class Walk {
    private final KvListing listing;
    private final Deadline deadline;
    private final List<KvEntry> found = new ArrayList<>();
    private @Nullable String last;
    private long bytes;

    Walk(KvListing listing, Deadline deadline) {
      this.listing = listing;
      this.deadline = deadline;
    }

    KvPage page(boolean within) {
      Map<String, AttributeValue> from =
          within ? Schema.id(namespace, listing.after().orElseThrow()) : Map.of();
      do {
        QueryResponse some = table.query(query(from), ABOUT, deadline);
        for (Map<String, AttributeValue> item : some.items()) {
          if (!items.isValue(item)) {
            continue;
          }
          if (isFull(item)) {
            return new KvPage(found, Optional.ofNullable(last));
          }
          take(item);
        }
        from = some.lastEvaluatedKey();
      } while (!from.isEmpty());
      return new KvPage(found, Optional.empty());
    }

    private boolean isFull(Map<String, AttributeValue> item) {
      return found.size() == listing.limit()
          || (bytes > 0 && bytes + Items.size(item) > ENOUGH_BYTES);
    }

    private void take(Map<String, AttributeValue> item) {
      String key = Schema.textIn(item, Schema.KEY);
      bytes += Items.size(item);
      items.entry(key, item, deadline).ifPresent(found::add);
      last = key;
    }

    /** One more than is wanted tells whether there is a next page. */
    private QueryRequest.Builder query(Map<String, AttributeValue> from) {
      Map<String, AttributeValue> values =
          new HashMap<>(Map.of(":namespace", Schema.text(namespace)));
      Map<String, String> names = new HashMap<>(Map.of("#namespace", Schema.NAMESPACE));
      String condition = "#namespace = :namespace";
      if (!listing.prefix().isEmpty()) {
        condition += " AND begins_with(#key, :prefix)";
        values.put(":prefix", Schema.text(listing.prefix()));
        names.put("#key", Schema.KEY);
      }
      return QueryRequest.builder()
          .keyConditionExpression(condition)
          .expressionAttributeNames(names)
          .expressionAttributeValues(values)
          .scanIndexForward(listing.order() == Order.ASCENDING)
          .limit(Math.min(listing.limit() - found.size(), MOST_ITEMS) + 1)
          .exclusiveStartKey(from.isEmpty() ? null : from);
    }
  }
}
