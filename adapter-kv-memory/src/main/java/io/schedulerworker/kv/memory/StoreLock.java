package io.schedulerworker.kv.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.schedulerworker.port.StoreInUseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a store's file: a lock of the operating system on {@code PATH.lock}, which goes with the
 * process, however it ends. The file stays behind, with a {@link StoreNote} on owner and store.
 */
final class StoreLock {
  /** Far behind the text, so that others can read it where locks keep readers out. */
  private static final long POSITION = 1L << 40;

  private final FileChannel channel;
  private StoreNote note;

  private StoreLock(FileChannel channel, StoreNote note) {
    this.channel = channel;
    this.note = note;
  }

  static Path fileOf(Path store) {
    return store.resolveSibling(store.getFileName() + ".lock");
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if the file cannot be written
   * @throws StoreInUseException if another has it
   */
  static StoreLock take(Path store) throws IOException {
    Path file = fileOf(store);
    PrivateFiles.create(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    StoreNote before = StoreNote.parse(Files.readString(file, UTF_8));
    if (lock(channel) == null) {
      channel.close();
      throw inUse(store, before);
    }
    StoreLock taken = new StoreLock(channel, before);
    taken.write(before.ownedBy(ProcessHandle.current().pid()));
    return taken;
  }

  private static StoreInUseException inUse(Path store, StoreNote note) {
    return new StoreInUseException(
        "file:%s belongs to %s: stop that one first, or name another file"
            .formatted(store, note.owner()),
        note.pid());
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(POSITION, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** What is known of the store from before. */
  StoreNote note() {
    return note;
  }

  /** Notes that the store has been opened, and may have any size from now on. */
  void noteOpened() throws IOException {
    write(note.opened());
  }

  /** Notes the size of a store that has been closed in order. */
  void noteClosed(long size) throws IOException {
    write(note.closed(size));
  }

  private void write(StoreNote next) throws IOException {
    note = next;
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(next.text().getBytes(UTF_8)), 0);
    channel.force(true);
  }

  /** Gives the lock back. */
  void release() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("giving back the lock of a store", e);
    }
  }
}
