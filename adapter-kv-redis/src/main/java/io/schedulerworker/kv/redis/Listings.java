package io.schedulerworker.kv.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.schedulerworker.kv.redis.Replies.Effect;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Pages of entries: keys by the index, then their values, of which those that are there count. */
final class Listings {
  private static final String ABOUT = "a listing";
  private static final int MOST_KEYS = 500;

  /** A page is at least one value, and ends when its values are this large together. */
  private static final long ENOUGH_BYTES = 8 << 20;

  private final KeyIndex index;
  private final Replies replies;
  private final Values values;

  Listings(KeyIndex index, Replies replies, Values values) {
    this.index = index;
    this.replies = replies;
    this.values = values;
  }

  KvPage page(
      KvListing listing, RedisClusterAsyncCommands<byte[], byte[]> redis, Deadline deadline) {
    return new Walk(listing, redis, deadline).page();
  }

  /** One page in the making. */
  private final class Walk {
    private final KvListing listing;
    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final Deadline deadline;
    private final List<KvEntry> found = new ArrayList<>();
    private @Nullable String last;
    private long bytes;

    Walk(KvListing listing, RedisClusterAsyncCommands<byte[], byte[]> redis, Deadline deadline) {
      this.listing = listing;
      this.redis = redis;
      this.deadline = deadline;
    }

    KvPage page() {
      List<byte[]> keys;
      int wanted;
      do {
        KvListing rest = last == null ? listing : listing.after(last);
        // One more tells whether there is a next page.
        wanted = Math.min(MOST_KEYS, listing.limit() - found.size() + 1);
        keys = replies.await(index.page(redis, rest, wanted), ABOUT, Effect.READS, deadline);
        if (!read(keys)) {
          return new KvPage(found, Optional.ofNullable(last));
        }
      } while (keys.size() == wanted);
      return new KvPage(found, Optional.empty());
    }

    /** Reads the values of some keys; false if the page is full before they end. */
    private boolean read(List<byte[]> keys) {
      int fitting = fitting(sizes(keys));
      return take(keys.subList(0, fitting)) && fitting == keys.size();
    }

    /** How many of the values belong to this page: at least one if it has none yet. */
    private int fitting(List<Long> sizes) {
      int count = 0;
      while (count < sizes.size() && (bytes + sizes.get(count) <= ENOUGH_BYTES || bytes == 0)) {
        bytes += sizes.get(count++);
      }
      return count;
    }

    private List<Long> sizes(List<byte[]> keys) {
      List<CompletionStage<Long>> asked = keys.stream()
          .map(key -> Replies.orIfNoText(redis.strlen(index.nameOf(key)), () -> 0L))
          .toList();
      return asked.stream()
          .map(size -> replies.await(size, ABOUT, Effect.READS, deadline))
          .toList();
    }

    private boolean take(List<byte[]> keys) {
      List<CompletionStage<Optional<byte[]>>> asked = keys.stream()
          .map(key -> redis.get(index.nameOf(key)).thenApply(Optional::ofNullable))
          .map(value -> Replies.orIfNoText(value, Optional::empty))
          .toList();
      for (int i = 0; i < keys.size(); i++) {
        if (found.size() == listing.limit()) {
          return false;
        }
        String key = new String(keys.get(i), UTF_8);
        replies
            .await(asked.get(i), ABOUT, Effect.READS, deadline)
            .ifPresent(value -> found.add(values.entry(key, value)));
        last = key;
      }
      return true;
    }
  }
}
