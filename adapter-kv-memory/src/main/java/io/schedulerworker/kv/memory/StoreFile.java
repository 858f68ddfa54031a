package io.schedulerworker.kv.memory;

import io.schedulerworker.model.Texts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The open file of a store, on the MVStore engine: a log of chunks, each written whole behind the others, so that what was
 * committed stays whatever happens to a later write. Confined to one thread.
 *
 * <p>The engine closes itself when a write fails. It is opened again before the next use, and then shows what was committed
 * last.
 */
final class StoreFile {
  private static final int CACHE_MB = 16;

  /**
   * Chunks that are this full of what is still used are not made denser. Each commit is a chunk, of which most is
   * replaced by the next ones: left alone, they would be ten times as large as what is in them, and opening a store, which
   * looks at each, would take as long as there are commits.
   */
  private static final int TARGET_FILL_PERCENT = 70;

  private static final int MOST_BYTES_MOVED = 4 << 20;

  private final Path path;
  private final String engineName;
  private final FilePlace place;
  private @Nullable Session session;

  /**
   * A file that is not open yet.
   *
   * @param path where it is
   * @param scheme begins the name that the engine is given; empty but in tests that stand between it and the disk
   */
  StoreFile(Path path, String scheme) {
    this.path = path;
    this.engineName = scheme + path;
    this.place = new FilePlace(path);
  }

  /** What is stored; opens the file if need be. */
  StoredValues values() {
    place.check();
    Session open = session;
    if (open == null || open.engine.isClosed()) {
      open = open();
      session = open;
      place.take();
    }
    return open.values;
  }

  private Session open() {
    MVStore engine = new MVStore.Builder()
        .fileName(engineName)
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .cacheSize(CACHE_MB)
        .open();
    engine.setRetentionTime(0);
    engine.setVersionsToKeep(0);
    return new Session(engine, StoredValues.in(engine));
  }

  /** Makes all changes durable: when this returns they are on the disk. */
  void commit() {
    Session open = session;
    if (open != null && open.engine.isClosed()) {
      throw new IllegalStateException("the engine closed itself over an earlier write");
    }
    if (open != null && open.engine.hasUnsavedChanges()) {
      open.engine.commit();
      open.engine.sync();
      place.check();
    }
  }

  /** Gives space back that values and commits left behind; a little at a time. */
  void tidy() {
    Session open = session;
    if (open != null && open.engine.compact(TARGET_FILL_PERCENT, MOST_BYTES_MOVED)) {
      // The space is used again from now on: what was moved has to be safe before.
      open.engine.commit();
      open.engine.sync();
    }
  }

  /** Forgets changes that were not committed, and opens anew at the next use. */
  void abandon() {
    Session open = session;
    session = null;
    if (open != null) {
      open.engine.closeImmediately();
    }
  }

  /** Closes the file; what was committed is there. */
  void close() {
    Session open = session;
    session = null;
    if (open != null && !open.engine.isClosed()) {
      open.engine.close();
    }
  }

  /**
   * Keeps a copy of a file that cannot be read, once.
   *
   * @return where it is
   */
  static Path keepCopy(Path damaged) throws IOException {
    Path copy = damaged.resolveSibling(damaged.getFileName() + ".damaged");
    try {
      Files.copy(damaged, copy);
    } catch (FileAlreadyExistsException e) {
      // The first copy is the one that nobody has tried to mend.
      return copy;
    }
    return copy;
  }

  /** Whether what is stored is the trouble, and not the way to the disk: the engine stumbles over it in many ways. */
  static boolean isDamage(RuntimeException e) {
    if (!(e instanceof MVStoreException engine)) {
      return true;
    }
    return switch (engine.getErrorCode()) {
      case DataUtils.ERROR_READING_FAILED -> !isDiskTrouble(e.getCause());
      case DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED, DataUtils.ERROR_FILE_LOCKED ->
        false;
      default -> true;
    };
  }

  /** Reading behind the end of the file is not: some place in it leads there that should not. */
  private static boolean isDiskTrouble(@Nullable Throwable cause) {
    return cause instanceof IOException && !(cause instanceof EOFException);
  }

  /** The innermost message, without what the engine adds about itself. */
  static String reason(Exception e) {
    Throwable inner = e;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    String message = String.valueOf(inner.getMessage());
    int suffix = message.lastIndexOf(" [2.");
    return Texts.line(suffix < 0 ? message : message.substring(0, suffix), 200);
  }

  Path path() {
    return path;
  }

  /** The engine as long as it is open. */
  private record Session(MVStore engine, StoredValues values) {}
}
