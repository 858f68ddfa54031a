package io.schedulerworker.job;

import io.schedulerworker.job.Leases.Stored;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lease that this process has, and renews. It holds for its duration from the moment before the last write that
 * succeeded; contenders count from when they saw that write, which is later. Thread-safe.
 */
final class HeldLease {
  private static final Logger LOG = System.getLogger(HeldLease.class.getName());
  private static final int RENEWALS_PER_DURATION = 3;
  private static final int TRIES_PER_DURATION = 10;
  private static final int FIFTHS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int MOST_ENDINGS = 5;

  private final TraceId traceId;
  private final Leases leases;
  private final Clock clock;
  private final Executor executor;
  private final Consumer<HeldLease> whenOver;
  private final List<Consumer<Boolean>> waiting = new ArrayList<>();
  private final AtomicInteger stepsNumbered = new AtomicInteger();
  private Stored stored;
  private Moment from;
  private boolean recorded;
  private boolean renewalDue;
  private boolean over;
  private Runnable whenLost = () -> {};
  private @Nullable Consumer<String> whenCancelled;
  private Clock.@Nullable Timer timer;

  /**
   * A lease that was just written.
   *
   * @param from read before it was written
   * @param whenOver is told, once, when it is not held any more, for whatever reason: after its last write
   */
  HeldLease(
      TraceId traceId,
      Leases leases,
      Stored stored,
      Moment from,
      Clock clock,
      Executor executor,
      Consumer<HeldLease> whenOver) {
    this.traceId = traceId;
    this.leases = leases;
    this.stored = stored;
    this.from = from;
    this.clock = clock;
    this.executor = new Serial(executor);
    this.whenOver = whenOver;
    this.recorded = stored.lease().recorded();
  }

  TraceId traceId() {
    return traceId;
  }

  synchronized Lease lease() {
    return stored.lease();
  }

  int epoch() {
    return lease().epoch();
  }

  /**
   * The number of the next step that is written under it. Each is given once: a write whose answer was lost may still
   * happen, over a later one.
   */
  int nextStep() {
    return stepsNumbered.getAndIncrement();
  }

  /** Begins to renew. */
  void keep() {
    renewInTime(since());
  }

  private synchronized Moment since() {
    return from;
  }

  private void renewInTime(Moment lastBegun) {
    renewAfter(pause(RENEWALS_PER_DURATION).minus(Moment.of(clock).since(lastBegun)));
  }

  /** What to do when another process has it, once; at once if that is so already. */
  void whenLost(Runnable task) {
    boolean late;
    synchronized (this) {
      late = over;
      whenLost = late ? whenLost : task;
    }
    if (late) {
      task.run();
    }
  }

  /** What to do, once, when somebody has asked that nobody be called any more; takes who did. At once if that is so. */
  void whenCancelled(Consumer<String> task) {
    synchronized (this) {
      whenCancelled = task;
    }
    tellIfCancelled();
  }

  private void tellIfCancelled() {
    Consumer<String> told;
    String by;
    synchronized (this) {
      by = stored.lease().cancelledBy();
      told = whenCancelled;
      if (by == null || told == null) {
        return;
      }
      whenCancelled = null;
    }
    told.accept(by);
  }

  /** Says that it was lost. */
  KvStoreException lost() {
    return new KvStoreException(
        KvStoreException.Kind.UNAVAILABLE,
        "the lease of " + traceId
            + " was lost: it could not be renewed in time, and another process"
            + " goes on with the job",
        null);
  }

  /** Notes that the job's record is there; the lease says so from its next renewal on. */
  synchronized void recorded() {
    recorded = true;
  }

  synchronized boolean isHeld() {
    return !over && !isOverdue();
  }

  /** Whether it is held, or may yet be renewed, because nobody has taken it over. May block. */
  boolean isStillOurs(Deadline deadline) {
    return isHeld() || (!isOver() && isConfirmed(deadline));
  }

  /** Whether the store has it as this process's, whatever the clocks say. Blocks. */
  boolean isConfirmed(Deadline deadline) {
    return leases.findOurs(traceId, lastKnown(), deadline).isPresent();
  }

  /** Whether it will never be held again. */
  synchronized boolean isOver() {
    return over;
  }

  /** Either clock may end it: the monotonic one stands still while a machine sleeps, the other may be set. */
  private boolean isOverdue() {
    Duration duration = stored.lease().duration();
    return clock.nanoTime() - from.nanos() >= duration.toNanos()
        || !clock.now().isBefore(from.wall().plus(duration));
  }

  /**
   * Waits until it is known to be held, or to be over. While the store cannot be asked it may be either.
   *
   * @param then takes true if it is held; on this thread if that is known already
   */
  void whenHeld(Consumer<Boolean> then) {
    boolean held;
    synchronized (this) {
      held = isHeld();
      if (!over && !held) {
        waiting.add(then);
        renewSoon();
        return;
      }
    }
    then.accept(held);
  }

  private Duration pause(int perDuration) {
    return lease().duration().dividedBy(perDuration);
  }

  private synchronized void renewAfter(Duration wait) {
    cancelTimer();
    if (!over) {
      timer = clock.after(wait, this::renewSoon);
    }
  }

  private synchronized void renewSoon() {
    if (!over && !renewalDue) {
      renewalDue = true;
      executor.execute(this::renew);
    }
  }

  private void renew() {
    Stored known = beginRenewal();
    if (known == null) {
      return;
    }
    Moment before = Moment.of(clock);
    try {
      // Long enough for a slow store, and short enough for another try.
      Deadline deadline = Deadline.in(pause(FIFTHS).multipliedBy(2), clock);
      Optional<Stored> next = leases.renew(traceId, known, isRecorded(), deadline);
      if (next.isPresent()) {
        renewed(next.get(), before);
      } else {
        lose();
      }
    } catch (RuntimeException | Error e) {
      notRenewed(e);
    }
  }

  private synchronized boolean isRecorded() {
    return recorded;
  }

  private synchronized @Nullable Stored beginRenewal() {
    renewalDue = false;
    if (over) {
      return null;
    }
    cancelTimer();
    return stored;
  }

  private void renewed(Stored next, Moment before) {
    List<Consumer<Boolean>> served;
    synchronized (this) {
      stored = next;
      from = before;
      served = takeWaiting();
    }
    // A machine may have slept since the write: each looks for itself.
    served.forEach(this::whenHeld);
    renewInTime(before);
    tellIfCancelled();
  }

  private void notRenewed(Throwable failure) {
    LOG.log(
        Level.WARNING, "the lease of {0} could not be renewed: {1}", traceId, failure.getMessage());
    Duration wait = pause(TRIES_PER_DURATION);
    renewAfter(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
  }

  private synchronized List<Consumer<Boolean>> takeWaiting() {
    List<Consumer<Boolean>> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Another process has it, as the lease or the record says. */
  void lose() {
    if (close()) {
      toldWhenLost().run();
      executor.execute(() -> conclude(1, lease().duration(), this::leaveForOthers));
    }
  }

  /**
   * Sees to it that somebody looks at the job again, if it has no lease at all: whoever ended the lease may have done so
   * before a record was there.
   */
  private void leaveForOthers(Deadline deadline) {
    if (isRecorded()) {
      leases.leave(traceId, lastKnown().lease(), deadline);
    }
  }

  private synchronized Runnable toldWhenLost() {
    return whenLost;
  }

  /** Lets it run out: whoever takes it over goes on with what is recorded. */
  void drop() {
    if (close()) {
      whenOver.accept(this);
    }
  }

  /**
   * The job is over: deletes the lease. Does not block.
   *
   * @return completes once that was tried; further tries follow if the store is away
   */
  CompletionStage<Void> end(Duration timeout) {
    return conclude(timeout, deadline -> leases.delete(traceId, lastKnown(), deadline));
  }

  /** There is work left that this process will not do: anybody may take over at once. Like {@link #end} otherwise. */
  CompletionStage<Void> handOver(Duration timeout) {
    return conclude(timeout, deadline -> {
      if (!leases.giveUp(traceId, lastKnown(), deadline)) {
        leaveForOthers(deadline);
      }
    });
  }

  /** Behind a renewal that is under way, of which the last write has to know. */
  private CompletionStage<Void> conclude(Duration timeout, Consumer<Deadline> ending) {
    CompletableFuture<Void> tried = new CompletableFuture<>();
    if (close()) {
      executor.execute(() -> {
        conclude(1, timeout, ending);
        tried.complete(null);
      });
    } else {
      tried.complete(null);
    }
    return tried;
  }

  /** Whoever finds the lease later sees that nothing is left to do: giving up costs a little time, nothing else. */
  private void conclude(int attempt, Duration timeout, Consumer<Deadline> ending) {
    try {
      ending.accept(Deadline.in(timeout, clock));
      whenOver.accept(this);
    } catch (RuntimeException | Error e) {
      if (attempt < MOST_ENDINGS) {
        clock.after(
            LONGEST_PAUSE.multipliedBy(attempt),
            () -> executor.execute(() -> conclude(attempt + 1, timeout, ending)));
      } else {
        LOG.log(Level.WARNING, "the lease of {0} is left behind: {1}", traceId, e.getMessage());
        whenOver.accept(this);
      }
    }
  }

  /** Holds it no more; false if that was so before. */
  private boolean close() {
    List<Consumer<Boolean>> served;
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      cancelTimer();
      served = takeWaiting();
    }
    served.forEach(each -> each.accept(false));
    return true;
  }

  private synchronized void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private synchronized Stored lastKnown() {
    return stored;
  }
}
