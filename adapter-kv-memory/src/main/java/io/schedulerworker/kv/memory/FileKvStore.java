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
        values ->
            Optional.ofNullable(values.live(key, clock.now())).map(item -> values.entry(key, item)),
        deadline);
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    ValueBytes ready = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        values -> {
          values.put(key, ready, end(ttl));
          return ready.version();
        },
        deadline);
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    ValueBytes ready = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        values -> {
          if (values.live(key, clock.now()) != null) {
            return Optional.empty();
          }
          values.put(key, ready, end(ttl));
          return Optional.of(ready.version());
        },
        deadline);
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    ValueBytes ready = beginWrite(key, value, deadline);
    return perform(
        key,
        true,
        values -> {
          if (!has(values, key, expected)) {
            return Optional.empty();
          }
          values.put(key, ready, end(ttl));
          return Optional.of(ready.version());
        },
        deadline);
  }

  @Override
  public void delete(String key, Deadline deadline) {
    begin(key, deadline);
    perform(key, true, values -> values.remove(key), deadline);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    begin(key, deadline);
    return perform(key, true, values -> has(values, key, expected) && values.remove(key), deadline);
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    requireOpen();
    requireTime("a listing", deadline);
    return perform(
        "a listing", false, values -> StoredListing.page(listing, values, clock.now()), deadline);
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
      String what, boolean writes, Function<StoredValues, T> work, Deadline deadline) {
    StoreTask<T> task = new StoreTask<>(what, writes, work);
    synchronized (this) {
      requireOpen();
      thread.add(task);
    }
    return task.await(deadline);
  }

  private boolean has(StoredValues values, String key, Version expected) {
    StoredItem item = values.live(key, clock.now());
    return item != null && item.version().equals(expected);
  }

  private long end(Ttl ttl) {
    return ttl.duration().map(life -> StoredItem.end(clock.now(), life)).orElse(StoredItem.NEVER);
  }

  private void begin(String key, Deadline deadline) {
    requireOpen();
    KvTexts.checkKey(key);
    requireTime(key, deadline);
  }

  private ValueBytes beginWrite(String key, String value, Deadline deadline) {
    begin(key, deadline);
    KvTexts.checkValue(value);
    return ValueBytes.of(value, () -> requireTime(key, deadline));
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
