package io.schedulerworker.app.io;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files once a second, so that who needs what is in them has it at hand: neither a call nor a handshake waits
 * for a file system. One that does not answer holds up what is in it alone. Its threads do not keep the process alive.
 * Thread-safe.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAUSES_UNTIL_IT_HANGS = 10;

  private final Duration pause;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(FileWatch::thread);
  private final ExecutorService threads = Executors.newCachedThreadPool(FileWatch::thread);

  /** Without files. */
  public FileWatch() {
    this(PAUSE);
  }

  FileWatch(Duration pause) {
    this.pause = pause;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "file-watch");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Watches what a setting is read from.
   *
   * @param files looked at from now on, by one thread at a time
   */
  public void add(LastGood<?, ?> files) {
    Watched watched = new Watched(files);
    Future<?> unused = timer.scheduleWithFixedDelay(
        watched::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks no more. */
  @Override
  public void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }

  /** Files, and whether somebody is looking at them. */
  private final class Watched {
    private final LastGood<?, ?> files;
    private final AtomicBoolean looking = new AtomicBoolean();
    private int pauses;

    Watched(LastGood<?, ?> files) {
      this.files = files;
    }

    /** Must not throw: it would be called no more. */
    void look() {
      if (looking.compareAndSet(false, true)) {
        pauses = 0;
        begin();
      } else if (++pauses == PAUSES_UNTIL_IT_HANGS) {
        LOG.warn("{} stays as it is: its file has not answered for {} s", files.name(), pauses);
      }
    }

    private void begin() {
      try {
        threads.execute(this::lookOnce);
      } catch (RuntimeException | Error e) {
        // No thread to be had, or closed: next time, perhaps.
        looking.set(false);
      }
    }

    private void lookOnce() {
      try {
        files.look();
      } finally {
        looking.set(false);
      }
    }
  }
}
