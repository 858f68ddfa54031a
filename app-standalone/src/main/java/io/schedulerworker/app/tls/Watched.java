package io.schedulerworker.app.tls;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of files, as they are now: they are looked at once in a while, in the background. While they cannot be
 * used, the last good value stays. Thread-safe.
 *
 * @param <R> what is read from the files; equal if nothing has changed
 * @param <T> what is made of it
 */
final class Watched<R, T> {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
  private static final long LOOK_AFTER = Duration.ofSeconds(1).toNanos();

  /** Reads files. */
  interface Reader<R> {
    R read() throws BadTlsFileException;
  }

  /** Makes something of what they had. */
  interface Maker<R, T> {
    T make(R content) throws BadTlsFileException;
  }

  private final Reader<R> reader;
  private final Maker<R, T> maker;
  private final String name;
  private final LongSupplier nanoTime;
  private final Executor background;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile T value;
  private R seen;
  private String problem = "";
  private volatile long lookedAt;

  /** Reads them for the first time; the name is for the log. */
  Watched(
      String name, Reader<R> reader, Maker<R, T> maker, LongSupplier nanoTime, Executor background)
      throws BadTlsFileException {
    this.name = name;
    this.reader = reader;
    this.maker = maker;
    this.nanoTime = nanoTime;
    this.background = background;
    this.lookedAt = nanoTime.getAsLong();
    this.seen = reader.read();
    this.value = maker.make(seen);
  }

  /** What is made of the files. Quick. */
  T current() {
    if (nanoTime.getAsLong() - lookedAt >= LOOK_AFTER && looking.compareAndSet(false, true)) {
      background.execute(this::lookInTime);
    }
    return value;
  }

  private void lookInTime() {
    try {
      look();
    } finally {
      lookedAt = nanoTime.getAsLong();
      looking.set(false);
    }
  }

  private void look() {
    try {
      R content = reader.read();
      problem = "";
      if (!content.equals(seen)) {
        seen = content;
        value = maker.make(content);
        LOG.info("{} has changed and is used from now on", name);
      }
    } catch (BadTlsFileException e) {
      complain(String.valueOf(e.getMessage()));
    }
  }

  private void complain(String found) {
    if (!found.equals(problem)) {
      problem = found;
      LOG.warn("{} stays as it was: {}", name, found);
    }
  }
}
