package io.schedulerworker.port;

import java.util.Optional;

/**
 * What to list.
 *
 * @param prefix the beginning of the keys, taken literally, within the bounds of a key; empty means all
 * @param order ascending or descending by key
 * @param after list only what comes after this key in that order, whether or not it exists; empty means from the start.
 *     Need not begin with the prefix; has the bounds of a key
 * @param limit the greatest number of entries, at least 1; a page may have fewer
 */
public record KvListing(String prefix, Order order, Optional<String> after, int limit) {
  /**
   * Checks the bounds.
   *
   * @param prefix as above
   * @param order as above
   * @param after as above
   * @param limit as above
   * @throws IllegalArgumentException if the limit is below 1, or the prefix or the key to begin after is too long or
   *     not well-formed
   */
  public KvListing {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " must be at least 1");
    }
    if (!prefix.isEmpty()) {
      KvTexts.checkKey(prefix);
    }
    after.ifPresent(KvTexts::checkKey);
  }

  /**
   * The first page from the least key on.
   *
   * @param prefix the beginning of the keys
   * @param limit entries at most
   * @return the listing
   */
  public static KvListing ascending(String prefix, int limit) {
    return new KvListing(prefix, Order.ASCENDING, Optional.empty(), limit);
  }

  /**
   * The first page from the greatest key on.
   *
   * @param prefix the beginning of the keys
   * @param limit entries at most
   * @return the listing
   */
  public static KvListing descending(String prefix, int limit) {
    return new KvListing(prefix, Order.DESCENDING, Optional.empty(), limit);
  }

  /**
   * The same listing from another place on.
   *
   * @param key the last key seen, or the {@link KvPage#next()} of the page before
   * @return the changed listing
   */
  public KvListing after(String key) {
    return new KvListing(prefix, order, Optional.of(key), limit);
  }

  /** The order of keys: that of their UTF-8 bytes, which is that of their code points. */
  public enum Order {
    /** The least key first. */
    ASCENDING,
    /** The greatest key first. */
    DESCENDING
  }
}
