package io.schedulerworker.kv.memory;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the thread that has the file. Whoever comes first decides: that thread by beginning it, or
 * the caller by giving it up.
 */
final class StoreTask<T> {
  private enum State {
    WAITING,
    BEGUN,
    GIVEN_UP
  }

  private final String what;
  private final boolean writes;
  private final Function<StoredValues, T> work;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T result;
  private @Nullable RuntimeException failure;

  StoreTask(String what, boolean writes, Function<StoredValues, T> work) {
    this.what = what;
    this.writes = writes;
    this.work = work;
  }

  String what() {
    return what;
  }

  boolean writes() {
    return writes;
  }

  /** Begins it; false if the caller gave it up. */
  boolean begin() {
    return state.compareAndSet(State.WAITING, State.BEGUN);
  }

  /** Does the work, whose result the caller sees once it is released. */
  void run(StoredValues values) {
    result = work.apply(values);
  }

  /** Makes it fail, whatever came of it so far. */
  void fail(RuntimeException reason) {
    failure = reason;
  }

  boolean isFailed() {
    return failure != null;
  }

  /** Lets the caller go on. */
  void release() {
    done.countDown();
  }

  /** Waits for the result, up to the deadline or an interrupt. */
  T await(Deadline deadline) {
    try {
      if (!done.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return giveUp("the deadline is over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return giveUp("the thread is interrupted");
    }
    return outcome();
  }

  private T giveUp(String reason) {
    boolean begun = !state.compareAndSet(State.WAITING, State.GIVEN_UP);
    Kind kind = begun && writes ? Kind.OUTCOME_UNKNOWN : Kind.UNAVAILABLE;
    throw new KvStoreException(kind, what + ": " + reason, null);
  }

  @SuppressWarnings("NullAway") // run() has set what a caller of this type expects
  private T outcome() {
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
