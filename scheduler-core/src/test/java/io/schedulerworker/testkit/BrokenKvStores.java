package io.schedulerworker.testkit;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvListing.Order;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The mistakes that adapters make, one store each. */
final class BrokenKvStores {
  private BrokenKvStores() {}

  /** Gives other threads the time to come in between. */
  private static void pause() {
    LockSupport.parkNanos(200_000);
  }

  /** Reads, compares and writes in three steps. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // That is the mistake.
  static class LosesUpdates extends ReferenceKvStore {
    LosesUpdates(Clock clock) {
      super(clock);
    }

    @Override
    public Optional<Version> replaceIfUnchanged(
        String key, String value, Version expected, Ttl ttl, Deadline deadline) {
      boolean same =
          get(key, deadline).filter(e -> e.version().equals(expected)).isPresent();
      pause();
      return same ? Optional.of(put(key, value, ttl, deadline)) : Optional.empty();
    }
  }

  /** Looks first and writes then. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // That is the mistake.
  static class CreatesTwice extends ReferenceKvStore {
    CreatesTwice(Clock clock) {
      super(clock);
    }

    @Override
    public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
      boolean absent = get(key, deadline).isEmpty();
      pause();
      return absent ? Optional.of(put(key, value, ttl, deadline)) : Optional.empty();
    }
  }

  /** Tells everybody who saw the version that they deleted it. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // That is the mistake.
  static class DeletesTwice extends ReferenceKvStore {
    DeletesTwice(Clock clock) {
      super(clock);
    }

    @Override
    public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
      boolean same =
          get(key, deadline).filter(e -> e.version().equals(expected)).isPresent();
      pause();
      if (same) {
        delete(key, deadline);
      }
      return same;
    }
  }

  /** Writes a long value in two parts. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // That is the mistake.
  static class TearsValues extends ReferenceKvStore {
    TearsValues(Clock clock) {
      super(clock);
    }

    @Override
    public Version put(String key, String value, Ttl ttl, Deadline deadline) {
      int half = value.length() / 2;
      Optional<KvEntry> old = get(key, deadline);
      if (half > 0 && old.isPresent() && old.get().value().length() >= half) {
        super.put(key, value.substring(0, half) + old.get().value().substring(half), ttl, deadline);
        pause();
      }
      return super.put(key, value, ttl, deadline);
    }
  }

  /** Rounds a time to live down to whole seconds. */
  static class ExpiresEarly extends ReferenceKvStore {
    ExpiresEarly(Clock clock) {
      super(clock);
    }

    @Override
    boolean isOver(Stored stored) {
      return clock.nanoTime() - stored.endNanos() >= -Duration.ofSeconds(1).toNanos();
    }
  }

  /** Leaves to a sweeper what expired, as DynamoDB does for days. */
  static class ExpiresLate extends ReferenceKvStore {
    ExpiresLate(Clock clock) {
      super(clock);
    }

    @Override
    boolean isOver(Stored stored) {
      return clock.nanoTime() - stored.endNanos() >= Duration.ofDays(2).toNanos();
    }
  }

  /** Keeps the time of the value before, as Redis does with KEEPTTL. */
  static class KeepsTheFormerTime extends ReferenceKvStore {
    KeepsTheFormerTime(Clock clock) {
      super(clock);
    }

    @Override
    Version write(String key, String value, Ttl ttl) {
      Stored former = live(key);
      Version version = super.write(key, value, ttl);
      if (former != null && ttl.equals(Ttl.NONE)) {
        map.put(key, new Stored(value, version, former.endNanos()));
      }
      return version;
    }
  }

  /** Sets the time to live also where the condition failed. */
  static class TouchesOnRefusal extends ReferenceKvStore {
    TouchesOnRefusal(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized Optional<Version> putIfAbsent(
        String key, String value, Ttl ttl, Deadline deadline) {
      Optional<Version> written = super.putIfAbsent(key, value, ttl, deadline);
      Stored present = live(key);
      if (written.isEmpty() && present != null) {
        write(key, present.value(), ttl);
      }
      return written;
    }
  }

  /** Counts in nanoseconds whatever the time to live. */
  static class OverflowsTime extends ReferenceKvStore {
    OverflowsTime(Clock clock) {
      super(clock);
    }

    @Override
    Version write(String key, String value, Ttl ttl) {
      Version version = super.write(key, value, ttl);
      ttl.duration().ifPresent(life -> {
        long nanos = life.getSeconds() * 1_000_000_000L + life.getNano();
        map.put(key, new Stored(value, version, clock.nanoTime() + nanos));
      });
      return version;
    }
  }

  /** Orders as {@code String.compareTo} does. */
  static class OrdersByUtf16 extends ReferenceKvStore {
    OrdersByUtf16(Clock clock) {
      super(clock, Comparator.naturalOrder());
    }
  }

  /** Returns a page as it comes. */
  static class DoesNotOrderPages extends ReferenceKvStore {
    DoesNotOrderPages(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized KvPage list(KvListing listing, Deadline deadline) {
      KvPage page = super.list(listing, deadline);
      List<KvEntry> entries = new ArrayList<>(page.entries());
      entries.sort(Comparator.comparingInt(entry -> entry.key().hashCode()));
      return new KvPage(entries, page.next());
    }
  }

  /** Takes a prefix for a pattern, as Redis' SCAN MATCH does. */
  static class TakesPrefixesForPatterns extends ReferenceKvStore {
    TakesPrefixesForPatterns(Clock clock) {
      super(clock);
    }

    @Override
    boolean isListed(String key, KvListing listing) {
      String pattern = listing.prefix().replace("*", ".*").replace("\\", "").replace("{", "\\{");
      KvListing all = new KvListing("", listing.order(), listing.after(), listing.limit());
      return Pattern.compile(pattern, Pattern.DOTALL).matcher(key).lookingAt()
          && super.isListed(key, all);
    }
  }

  /** Begins a page with the last key of the one before. */
  static class RepeatsAcrossPages extends ReferenceKvStore {
    RepeatsAcrossPages(Clock clock) {
      super(clock);
    }

    @Override
    boolean isListed(String key, KvListing listing) {
      return super.isListed(key, listing)
          || (listing.limit() > 1 && key.equals(listing.after().orElse(null)));
    }
  }

  /** Pages by position, so that a delete moves all that follows. */
  static class PagesByPosition extends ReferenceKvStore {
    private final Map<String, Integer> positions = new HashMap<>();

    PagesByPosition(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized KvPage list(KvListing listing, Deadline deadline) {
      int from = listing.after().map(after -> positions.getOrDefault(after, 0)).orElse(0);
      KvListing whole =
          new KvListing(listing.prefix(), listing.order(), Optional.empty(), Integer.MAX_VALUE);
      List<KvEntry> all = super.list(whole, deadline).entries();
      int to = (int) Math.min((long) from + listing.limit(), all.size());
      List<KvEntry> entries = from < to ? all.subList(from, to) : List.of();
      if (to >= all.size()) {
        return new KvPage(entries, Optional.empty());
      }
      String last = entries.get(entries.size() - 1).key();
      positions.put(last, to);
      return new KvPage(entries, Optional.of(last));
    }
  }

  /** Ends a listing with its first page. */
  static class ListsOnePage extends ReferenceKvStore {
    ListsOnePage(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized KvPage list(KvListing listing, Deadline deadline) {
      return new KvPage(super.list(listing, deadline).entries(), Optional.empty());
    }
  }

  /** Goes forward only. */
  static class IgnoresTheDirection extends ReferenceKvStore {
    IgnoresTheDirection(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized KvPage list(KvListing listing, Deadline deadline) {
      return super.list(
          new KvListing(listing.prefix(), Order.ASCENDING, listing.after(), listing.limit()),
          deadline);
    }
  }

  /** Answers from what it read before. */
  static class ReadsStale extends ReferenceKvStore {
    private final Map<String, Optional<KvEntry>> cache = new HashMap<>();

    ReadsStale(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized Optional<KvEntry> get(String key, Deadline deadline) {
      Optional<KvEntry> fresh = super.get(key, deadline);
      Optional<KvEntry> known = cache.put(key, fresh);
      return known == null ? fresh : known;
    }
  }

  /** Numbers its own writes and keeps the numbers apart from the values. */
  static class CountsItsOwnWrites extends ReferenceKvStore {
    private long writes;
    private boolean foreign;

    CountsItsOwnWrites(Clock clock) {
      super(clock);
    }

    @Override
    Version versionOf(String value) {
      return new Version(Long.toString(foreign ? writes : ++writes));
    }

    @Override
    synchronized void rawPut(String key, String value) {
      foreign = true;
      super.rawPut(key, value);
      foreign = false;
    }
  }

  /** Leaves versions to be computed, of whatever is there then. */
  static class ComputesVersionsOfLaterValues extends ReferenceKvStore {
    ComputesVersionsOfLaterValues(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized Optional<KvEntry> get(String key, Deadline deadline) {
      return super.get(key, deadline)
          .map(entry -> new KvEntry(
              key,
              entry.value(),
              Version.lazy(
                  () -> super.get(key, deadline).orElseThrow().version().token())));
    }
  }

  /** Takes the length for a digest. */
  static class HasWeakVersions extends ReferenceKvStore {
    HasWeakVersions(Clock clock) {
      super(clock);
    }

    @Override
    Version versionOf(String value) {
      return new Version("length-" + value.length());
    }
  }

  /** Deletes without a look at the version. */
  static class ReleasesForOthers extends ReferenceKvStore {
    ReleasesForOthers(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
      boolean present = get(key, deadline).isPresent();
      delete(key, deadline);
      return present;
    }
  }

  /** Renews what has expired, as long as nobody else came. */
  static class RenewsTheDead extends ReferenceKvStore {
    RenewsTheDead(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized Optional<Version> replaceIfUnchanged(
        String key, String value, Version expected, Ttl ttl, Deadline deadline) {
      begin(key, deadline);
      Stored stored = map.get(key);
      boolean same = stored != null && stored.version().equals(expected);
      return same ? Optional.of(put(key, value, ttl, deadline)) : Optional.empty();
    }
  }

  /** Writes although time is over. */
  static class IgnoresDeadlines extends ReferenceKvStore {
    IgnoresDeadlines(Clock clock) {
      super(clock);
    }

    @Override
    void begin(String key, Deadline deadline) {
      super.begin(key, Deadline.in(Duration.ofDays(1), clock));
    }
  }

  /** Looks at the deadline before it works, and never again. */
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // Sleeps without the lock.
  static class ForgetsDeadlines extends ReferenceKvStore {
    ForgetsDeadlines(Clock clock) {
      super(clock);
    }

    @Override
    public Optional<KvEntry> get(String key, Deadline deadline) {
      Optional<KvEntry> found = super.get(key, deadline);
      if (deadline.remaining().compareTo(Duration.ofSeconds(1)) < 0) {
        LockSupport.parkNanos(Duration.ofMillis(3_200).toNanos());
      }
      return found;
    }
  }

  /** Swallows interrupts. */
  static class SwallowsInterrupts extends ReferenceKvStore {
    SwallowsInterrupts(Clock clock) {
      super(clock);
    }

    @Override
    void begin(String key, Deadline deadline) {
      super.begin(key, deadline);
      Thread.interrupted();
    }
  }

  /** Works on after its end. */
  static class WorksAfterClose extends ReferenceKvStore {
    WorksAfterClose(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized void close() {}
  }

  /** Takes for one what only looks alike. */
  static class NormalizesKeys extends ReferenceKvStore {
    NormalizesKeys(Clock clock) {
      super(clock, Comparator.comparing(key -> Normalizer.normalize(key, Normalizer.Form.NFC)));
    }
  }

  /** Ends a text at its first NUL, as C does. */
  static class EndsAtNul extends ReferenceKvStore {
    EndsAtNul(Clock clock) {
      super(clock);
    }

    @Override
    Version write(String key, String value, Ttl ttl) {
      int end = value.indexOf(0);
      return super.write(key, end < 0 ? value : value.substring(0, end), ttl);
    }
  }
}
