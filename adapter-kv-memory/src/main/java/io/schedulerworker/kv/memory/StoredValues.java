package io.schedulerworker.kv.memory;

import io.schedulerworker.kv.memory.StoredText.InPieces;
import io.schedulerworker.kv.memory.StoredText.Whole;
import io.schedulerworker.port.KvEntry;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** What is stored in a file, by key. Great values stand apart, in {@link Pieces}. Confined to the thread of its store. */
final class StoredValues {
  private static final String MAP = "kv";

  private final MVStore engine;
  private final MVMap<String, StoredItem> items;
  private final Pieces pieces;

  private StoredValues(MVStore engine, MVMap<String, StoredItem> items, Pieces pieces) {
    this.engine = engine;
    this.items = items;
    this.pieces = pieces;
  }

  static StoredValues in(MVStore engine) {
    MVMap<String, StoredItem> items = engine.openMap(
        MAP,
        new MVMap.Builder<String, StoredItem>()
            .keyType(new KeyType())
            .valueType(new StoredItemType()));
    return new StoredValues(engine, items, Pieces.in(engine));
  }

  /** What is under a key, unless it is over. */
  @Nullable
  StoredItem live(String key, Instant now) {
    StoredItem item = items.get(key);
    return item == null || item.isOver(now) ? null : item;
  }

  /** An item with its text. */
  KvEntry entry(String key, StoredItem item) {
    String text = item.text() instanceof InPieces apart
        ? pieces.read(apart, item.version().token())
        : ((Whole) item.text()).text();
    return new KvEntry(key, text, item.version());
  }

  void put(String key, ValueBytes value, long endMillis) {
    change(() -> {
      StoredText text = value.isGreat() ? pieces.add(value.pieces()) : new Whole(value.text());
      removePieces(items.put(key, new StoredItem(text, value.version(), endMillis)));
      return true;
    });
  }

  /** Removes what is under a key; false if there is nothing. */
  boolean remove(String key) {
    return change(() -> {
      StoredItem before = items.remove(key);
      removePieces(before);
      return before != null;
    });
  }

  /** Half a change must not be committed with those of others: then the engine forgets them all, and is closed. */
  private boolean change(BooleanSupplier steps) {
    try {
      return steps.getAsBoolean();
    } catch (RuntimeException | Error e) {
      engine.closeImmediately();
      throw e;
    }
  }

  private void removePieces(@Nullable StoredItem gone) {
    if (gone != null && gone.text() instanceof InPieces apart) {
      pieces.remove(apart);
    }
  }

  /** The items from a key on, or all. */
  Cursor<String, StoredItem> from(@Nullable String key, boolean descending) {
    return items.cursor(key, null, descending);
  }
}
