package io.schedulerworker.port;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The entries of a listing, page after page: the next page is asked for once the one before is used up, so that whoever
 * leaves off early reads no more than that. Can be walked through any number of times, each time anew.
 */
public final class KvWalk implements Iterable<KvEntry> {
  private final KvStore store;
  private final KvListing listing;
  private final Supplier<Deadline> deadlines;

  private KvWalk(KvStore store, KvListing listing, Supplier<Deadline> deadlines) {
    this.store = store;
    this.listing = listing;
    this.deadlines = deadlines;
  }

  /**
   * A walk with one deadline for all of it.
   *
   * @param store what is listed
   * @param listing where it begins; its limit is that of a page
   * @param deadline by when the last page must be there
   * @return the entries; taking the next one throws {@link KvStoreException} if the store fails
   */
  public static KvWalk over(KvStore store, KvListing listing, Deadline deadline) {
    return new KvWalk(store, listing, () -> deadline);
  }

  /**
   * A walk that may take long.
   *
   * @param store what is listed
   * @param listing where it begins; its limit is that of a page
   * @param deadlines gives one for each page
   * @return the entries; taking the next one throws {@link KvStoreException} if the store fails
   */
  public static KvWalk over(KvStore store, KvListing listing, Supplier<Deadline> deadlines) {
    return new KvWalk(store, listing, deadlines);
  }

  @Override
  public Iterator<KvEntry> iterator() {
    return new Walk();
  }

  private final class Walk implements Iterator<KvEntry> {
    private Iterator<KvEntry> page = List.<KvEntry>of().iterator();
    private Optional<KvListing> next = Optional.of(listing);

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && next.isPresent()) {
        KvPage read = store.list(next.get(), deadlines.get());
        page = read.entries().iterator();
        next = read.next().map(listing::after);
      }
      return page.hasNext();
    }

    @Override
    public KvEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the listing is over");
      }
      return page.next();
    }
  }
}
