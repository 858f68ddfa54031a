package io.schedulerworker.kv.memory.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Stands between the engine and the disk, and refuses writes when told to. */
public final class FaultyDisk extends FilePathWrapper {
  /** Begins the name of a file that goes through here. */
  public static final String SCHEME = "faulty:";

  /** What the next writes run into; null for nothing. After half of the bytes, as a full disk does. */
  public static final AtomicReference<String> FAULT = new AtomicReference<>();

  /** What the next writes wait for before they run into that; null for nothing. */
  public static final AtomicReference<CountDownLatch> HOLD = new AtomicReference<>();

  /** What the next reads run into; null for nothing. */
  public static final AtomicReference<String> READ_FAULT = new AtomicReference<>();

  /** How many bytes can be written until there is no space left. */
  public static final AtomicLong ROOM = new AtomicLong(Long.MAX_VALUE);

  /** How many bytes were written. */
  public static final AtomicLong WRITTEN = new AtomicLong();

  /** How many bytes were read. */
  public static final AtomicLong READ = new AtomicLong();

  /** For the engine. */
  public FaultyDisk() {}

  /** Makes names that begin with the scheme go through here. */
  public static void install() {
    FilePath.register(new FaultyDisk());
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(getBase().open(mode));
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel disk;

    Channel(FileChannel disk) {
      this.disk = disk;
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      awaitRelease();
      String fault = FAULT.get();
      if (fault != null) {
        ByteBuffer half = bytes.duplicate();
        half.limit(bytes.position() + bytes.remaining() / 2);
        disk.write(half, position);
        throw new IOException(fault);
      }
      if (ROOM.addAndGet(-bytes.remaining()) < 0) {
        throw new IOException("No space left on device");
      }
      WRITTEN.addAndGet(bytes.remaining());
      return disk.write(bytes, position);
    }

    private static void awaitRelease() throws IOException {
      CountDownLatch hold = HOLD.get();
      try {
        if (hold != null && !hold.await(1, TimeUnit.MINUTES)) {
          throw new IOException("the disk was never released");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public synchronized int read(ByteBuffer bytes, long position) throws IOException {
      if (READ_FAULT.get() != null) {
        throw new IOException(READ_FAULT.get());
      }
      int read = disk.read(bytes, position);
      READ.addAndGet(read);
      return read;
    }

    @Override
    public long size() throws IOException {
      return disk.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      disk.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (FAULT.get() != null) {
        throw new IOException(FAULT.get());
      }
      disk.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return disk.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      disk.close();
    }
  }
}
