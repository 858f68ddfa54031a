package io.schedulerworker.job;

import io.schedulerworker.port.Clock;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done again and again, with pauses between, until it is closed. Nothing that goes wrong in a round ends
 * it. Thread-safe.
 */
public final class Rounds implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Rounds.class.getName());
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

  private final Clock clock;
  private final Executor executor;
  private final Supplier<Optional<Duration>> round;
  private boolean closed;
  private Clock.@Nullable Timer timer;

  /**
   * Rounds that have not begun.
   *
   * @param clock for the pauses
   * @param executor runs them
   * @param round one round; gives how long to wait until the next one, empty if there is none
   */
  public Rounds(Clock clock, Executor executor, Supplier<Optional<Duration>> round) {
    this.clock = clock;
    this.executor = executor;
    this.round = round;
  }

  /** Begins the first one. Does not block. */
  public void start() {
    executor.execute(this::run);
  }

  private void run() {
    if (isClosed()) {
      return;
    }
    Optional<Duration> pause = Optional.of(AFTER_A_FAILURE);
    try {
      pause = round.get();
    } catch (RuntimeException | Error e) {
      LOG.log(unlessClosed(Level.ERROR, e), "a round broke off; the next one follows", e);
    } finally {
      pause.ifPresent(this::goOnAfter);
    }
  }

  private synchronized void goOnAfter(Duration pause) {
    if (!closed) {
      timer = clock.after(pause, () -> executor.execute(this::run));
    }
  }

  /**
   * How loud to say what went wrong in a round.
   *
   * @param level while there are rounds
   * @param failure what went wrong
   * @return that level; after the close nobody needs to know of an exception, since what a round uses may be closed too
   */
  public Level unlessClosed(Level level, Throwable failure) {
    return failure instanceof Exception && isClosed() ? Level.DEBUG : level;
  }

  /**
   * Whether it is closed.
   *
   * @return true if no further round begins
   */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Begins no further round. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
