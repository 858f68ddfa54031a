package io.schedulerworker.dispatch;

import io.schedulerworker.dispatch.Attempts.Ended;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All calls to one host: at most so many in flight, none while the host asks to be left alone. Calls to be repeated go
 * before those that have not been made.
 */
final class HostLane {
  private static final Logger LOG = System.getLogger(HostLane.class.getName());

  private final String host;
  private final Attempts attempts;
  private final RetryRules rules;
  private final Clock clock;
  private final int mostInFlight;

  private final Object lock = new Object();
  private final Deque<KpiCall> waiting = new ArrayDeque<>();
  private final Sleepers sleepers;
  private final Door door;
  private int inFlight;
  private boolean stopped;

  /** Counts the wishes to start calls; whoever raises it from zero starts them for all. */
  private final AtomicInteger wishes = new AtomicInteger();

  HostLane(String host, Attempts attempts, RetryRules rules, Clock clock, DispatchPolicy policy) {
    this.host = host;
    this.attempts = attempts;
    this.rules = rules;
    this.clock = clock;
    this.mostInFlight = policy.maxInFlightPerHost();
    this.door = new Door(policy.closedDoorDeadline());
    this.sleepers = new Sleepers(clock, this::again);
  }

  void addAll(Collection<KpiCall> calls) {
    if (door.isBeyondDeadline(clock.nanoTime())) {
      calls.forEach(this::giveUp);
    } else {
      add(calls, Deque::addLast);
    }
  }

  private void again(KpiCall call) {
    add(List.of(call), Deque::addFirst);
  }

  private void add(Collection<KpiCall> calls, BiConsumer<Deque<KpiCall>, KpiCall> end) {
    boolean late;
    synchronized (lock) {
      late = stopped;
      if (!late) {
        calls.forEach(call -> end.accept(waiting, call));
      }
    }
    if (late) {
      calls.forEach(call -> call.left());
    } else {
      startWhatMay();
    }
  }

  void stop() {
    synchronized (lock) {
      stopped = true;
    }
    takeWaiting().forEach(call -> call.left());
    sleepers.wakeAll();
  }

  /**
   * Starts calls one after the other, never one within another: an adapter that answers within the call would otherwise
   * nest as deep as there are calls.
   */
  private void startWhatMay() {
    if (wishes.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (KpiCall call = next(); call != null; call = next()) {
        start(call);
      }
      seen = wishes.addAndGet(-seen);
    } while (seen > 0);
  }

  private @Nullable KpiCall next() {
    synchronized (lock) {
      if (inFlight >= mostInFlight || waiting.isEmpty() || door.isClosed(clock.nanoTime())) {
        return null;
      }
      inFlight++;
      return waiting.removeFirst();
    }
  }

  private void start(KpiCall call) {
    AtomicBoolean answered = new AtomicBoolean();
    Consumer<Boolean> answer = admitted -> {
      if (answered.compareAndSet(false, true)) {
        start(call, admitted);
      }
    };
    try {
      call.job().calls().admission().ask(call.kpi().id(), call.attempts() > 0, answer);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "whether " + call.kpi().id() + " may be called is not known", e);
      answer.accept(false);
    }
  }

  private void start(KpiCall call, boolean admitted) {
    if (admitted && !isStopped()) {
      attempts.make(call, ended -> ended(call, ended));
    } else {
      call.left();
      oneLessInFlight();
    }
  }

  private boolean isStopped() {
    synchronized (lock) {
      return stopped;
    }
  }

  /** Whatever goes wrong meanwhile, the place in flight is free again. */
  private void ended(KpiCall call, Ended ended) {
    try {
      conclude(call, ended);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the outcome of a call of " + call.kpi().id() + " is lost", e);
      call.left();
    } finally {
      oneLessInFlight();
    }
  }

  private void conclude(KpiCall call, Ended ended) {
    heedDoor(ended).forEach(this::giveUp);
    Verdict verdict = rules.after(call, ended);
    if (verdict instanceof Verdict.Again again) {
      attempts.report(call, ended, Optional.of(again.delay()));
      sleepers.add(call, again.delay());
    } else if (verdict instanceof Verdict.Settle settle) {
      attempts.report(call, ended, Optional.empty());
      call.settled(settle.run());
    }
  }

  private void oneLessInFlight() {
    boolean late;
    synchronized (lock) {
      inFlight--;
      late = stopped;
    }
    if (late) {
      sleepers.wakeAll();
    }
    startWhatMay();
  }

  /** Closes the door if the host asks for it; the calls returned would have to wait too long. */
  private List<KpiCall> heedDoor(Ended ended) {
    Duration closedFor = ended.outcome() instanceof NotNow notNow ? notNow.retryAfter() : null;
    if (closedFor == null) {
      door.answered(ended.nanos());
      return List.of();
    }
    door.close(closedFor, ended.nanos());
    clock.after(door.remaining(ended.nanos()), this::startWhatMay);
    return door.isBeyondDeadline(ended.nanos()) ? takeWaiting() : List.of();
  }

  private List<KpiCall> takeWaiting() {
    synchronized (lock) {
      List<KpiCall> taken = List.copyOf(waiting);
      waiting.clear();
      return taken;
    }
  }

  private void giveUp(KpiCall call) {
    String reason = host + " asks to be left alone for longer than the closed door deadline";
    KpiRun run = KpiRun.pending(call.kpi().id());
    int retries = Math.max(0, call.attempts() - 1);
    call.settled(run.failed(clock.now(), reason, retries, KpiRun.Answer.NONE));
  }
}
