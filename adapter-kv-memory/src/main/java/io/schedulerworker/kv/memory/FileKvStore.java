package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A durable store in one file of this machine, for one process at a time.
 *
 * <p>What a write returned from is on the disk: it survives the death of the process, and of the machine as far as the disk
 * keeps its promises. A value is there whole or not at all. A write that the disk refuses is {@link Kind#OUTCOME_UNKNOWN};
 * what was there before stays, and the store works again once the disk does. A value that the disk has damaged is {@link
 * Kind#REJECTED} when it is read.
 *
 * <p>Time to live runs on the wall clock that was given, since a value outlives the process; it is rounded up to a
 * millisecond. Writes remove expired values as they come, a few each. The version of a value is a digest of it.
 *
 * <p>Thread-safe. One thread of its own does all reading and writing; writes that come at the same time share a commit.
 */
public final class FileKvStore implements KvStore {
  private static final Logger LOG = System.getLogger(FileKvStore.class.getName());

  private final Path file;
  private final Clock clock;
  private final StoreLock lock;
  private final StoreThread thread;
  private volatile boolean closed;

  private FileKvStore(StoreFile file, StoreLock lock, Clock clock) {
    this.file = file.path();
    this.clock = clock;
    this.lock = lock;
    this.thread = new StoreThread(file, new ExpirySweep(clock));
  }

  /**
   * Opens a store, which is made if there is none, folders included.
   *
   * @param file where it is, or shall be; beside it there will be {@code FILE.lock}
   * @param clock whose wall time decides what has expired
   * @return the store, to be closed by the caller
   * @throws io.schedulerworker.port.StoreInUseException if another process has it
   * @throws IllegalArgumentException if it cannot be opened: it cannot be read or written, or it is damaged, of which a
   *     copy is kept; the message says which and what to do
   */
  public static FileKvStore open(Path file, Clock clock) {
    return open(file, "", clock);
  }

  /** For tests that stand between the engine and the disk. */
  static FileKvStore open(Path file, String engineScheme, Clock clock) {
    StoreOpening opening = new StoreOpening(file.toAbsolutePath().normalize(), engineScheme);
    StoreLock lock = opening.lock();
    return new FileKvStore(opening.open(lock), lock, clock);
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    begin(key, deadline);
    return perform(
        key,
        false,
        map -> Optional.ofNullable(live(map, key)).map(item -> item.entry(key)),
        deadline);
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        map -> {
          map.put(key, item(value, version, ttl));
          return version;
        },
        deadline);
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        map -> {
          if (live(map, key) != null) {
            return Optional.empty();
          }
          map.put(key, item(value, version, ttl));
          return Optional.of(version);
        },
        deadline);
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    Version version = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        map -> {
          if (!has(map, key, expected)) {
            return Optional.empty();
          }
          map.put(key, item(value, version, ttl));
          return Optional.of(version);
        },
        deadline);
  }

  @Override
  public void delete(String key, Deadline deadline) {
    begin(key, deadline);
    perform(key, true, map -> Optional.ofNullable(map.remove(key)), deadline);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    begin(key, deadline);
    return perform(key, true, map -> has(map, key, expected) && map.remove(key) != null, deadline);
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    requireOpen();
    requireTime("a listing", deadline);
    return perform(
        "a listing", false, map -> StoredListing.page(listing, map, clock.now()), deadline);
  }

  /** Does what has been asked for, closes the file and gives it free for others. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    thread.end();
    giveBack();
  }

  private void giveBack() {
    try {
      lock.noteClosed(Files.size(file));
    } catch (IOException e) {
      // A note that is not there is a check less at the next opening, and no harm.
      LOG.log(Level.DEBUG, "the size of {0} was not noted: {1}", file, e.getMessage());
    } finally {
      lock.release();
    }
  }

  private <T> T perform(
      String what, boolean writes, Function<MVMap<String, StoredItem>, T> work, Deadline deadline) {
    StoreTask<T> task = new StoreTask<>(what, writes, work);
    synchronized (this) {
      requireOpen();
      thread.add(task);
    }
    return task.await(deadline);
  }

  private @Nullable StoredItem live(MVMap<String, StoredItem> map, String key) {
    StoredItem item = map.get(key);
    return item == null || item.isOver(clock.now()) ? null : item;
  }

  private boolean has(MVMap<String, StoredItem> map, String key, Version expected) {
    StoredItem item = live(map, key);
    return item != null && item.version().equals(expected);
  }

  private StoredItem item(String value, Version version, Ttl ttl) {
    long end =
        ttl.duration().map(life -> StoredItem.end(clock.now(), life)).orElse(StoredItem.NEVER);
    return new StoredItem(value, version, end);
  }

  private void begin(String key, Deadline deadline) {
    requireOpen();
    KvTexts.checkKey(key);
    requireTime(key, deadline);
  }

  private Version beginWrite(String key, String value, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    return ValueVersion.of(value, () -> requireTime(key, deadline));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store in a file is closed");
    }
  }

  private static void requireTime(String what, Deadline deadline) {
    if (deadline.isOver()) {
      throw new KvStoreException(Kind.UNAVAILABLE, what + ": the deadline is over", null);
    }
  }
}
