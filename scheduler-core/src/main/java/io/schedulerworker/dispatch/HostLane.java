package io.schedulerworker.dispatch;

import io.schedulerworker.dispatch.Attempts.Ended;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.HostState;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All calls to one host, one after the other through its gate. Calls to be repeated go before those that have not been
 * made, and jobs take turns.
 */
final class HostLane {
  private static final Logger LOG = System.getLogger(HostLane.class.getName());

  private final String host;
  private final Attempts attempts;
  private final RetryRules rules;
  private final Clock clock;
  private final JobListener listener;
  private final Sleepers sleepers;
  private final Alarm alarm;

  private final Object lock = new Object();
  private final WaitingCalls waiting;
  private final Gate gate;
  private boolean stopped;

  /** Set while the present thread starts calls: it will look again, whatever happens meanwhile. */
  private final ThreadLocal<Boolean> starting = new ThreadLocal<>();

  HostLane(
      String host,
      Attempts attempts,
      RetryRules rules,
      Clock clock,
      DispatchPolicy policy,
      JobListener listener) {
    this.host = host;
    this.attempts = attempts;
    this.rules = rules;
    this.clock = clock;
    this.listener = listener;
    this.waiting = new WaitingCalls(host);
    this.gate = new Gate(policy);
    this.sleepers = new Sleepers(clock, this::again);
    this.alarm = new Alarm(clock, this::startWhatMay);
  }

  void addAll(JobDispatch job, Collection<Kpi> kpis) {
    String hopeless;
    boolean late;
    synchronized (lock) {
      hopeless = gate.hopeless(clock.nanoTime());
      late = stopped;
      if (!late && hopeless.isEmpty()) {
        waiting.addAll(job, kpis);
      }
    }
    if (late) {
      kpis.forEach(job::left);
    } else if (hopeless.isEmpty()) {
      startWhatMay();
    } else {
      giveUp(kpis.stream().map(kpi -> new KpiCall(job, kpi, host)).toList(), hopeless);
    }
  }

  private void again(KpiCall call) {
    boolean late;
    synchronized (lock) {
      late = stopped;
      if (!late) {
        waiting.add(call);
      }
    }
    if (late) {
      call.left();
    } else {
      leaveIfAbandoned(call);
      startWhatMay();
    }
  }

  /** Begins no further attempt of a job. */
  void leave(JobDispatch job) {
    List<KpiCall> left = new ArrayList<>();
    synchronized (lock) {
      waiting.drainTo(job, left);
    }
    sleepers.drainTo(job, left);
    left.forEach(KpiCall::left);
  }

  private void leaveIfAbandoned(KpiCall call) {
    if (call.job().isAbandoned()) {
      leave(call.job());
    }
  }

  HostState state() {
    int asleep = sleepers.size();
    synchronized (lock) {
      return gate.state(host, waiting.size() + asleep, clock.nanoTime());
    }
  }

  void stop() {
    List<KpiCall> left = new ArrayList<>();
    synchronized (lock) {
      stopped = true;
      waiting.drainTo(left);
    }
    left.forEach(KpiCall::left);
    sleepers.wakeAll();
  }

  /**
   * Starts calls one after the other, never one within another: an adapter that answers within the call would otherwise
   * nest as deep as there are calls. Several threads may be at it.
   */
  private void startWhatMay() {
    if (starting.get() != null) {
      return;
    }
    starting.set(true);
    try {
      for (KpiCall call = next(); call != null; call = next()) {
        start(call);
      }
    } finally {
      starting.remove();
    }
  }

  private @Nullable KpiCall next() {
    synchronized (lock) {
      if (waiting.isEmpty()) {
        return null;
      }
      long now = clock.nanoTime();
      long wait = gate.delay(now);
      KpiCall call = wait > 0 ? null : poll(now);
      if (call != null) {
        gate.begin(call, now);
      } else if (wait != Gate.UNTIL_A_CALL_ENDS) {
        alarm.in(wait > 0 ? wait : gate.delayToRetry(now));
      }
      return call;
    }
  }

  private @Nullable KpiCall poll(long now) {
    return waiting.poll(waiting.hasRetries() && gate.delayToRetry(now) == 0);
  }

  private void start(KpiCall call) {
    if (isSure(call)) {
      start(call, true);
    } else {
      ask(call);
    }
  }

  private static boolean isSure(KpiCall call) {
    return call.job().calls().admission().isSure(call.attempts() > 0);
  }

  private void ask(KpiCall call) {
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
    if (admitted && !isStopped() && !call.job().isAbandoned()) {
      attempt(call);
    } else {
      call.left();
      oneLessInFlight(call);
    }
  }

  private void attempt(KpiCall call) {
    try {
      attempts.make(call, ended -> ended(call, ended));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "no attempt to call " + call.kpi().id() + " could be made", e);
      call.left();
      oneLessInFlight(call);
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
      if (ended.outcome() instanceof NotNow notNow && notNow.obstacle() == Obstacle.CIRCUIT_OPEN) {
        turnedAway(call, notNow);
      } else {
        conclude(call, ended);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the outcome of a call of " + call.kpi().id() + " is lost", e);
      call.left();
    } finally {
      oneLessInFlight(call);
    }
  }

  /** Nothing was sent: no attempt was made. */
  private void turnedAway(KpiCall call, NotNow notNow) {
    Duration wait = notNow.retryAfter() == null ? Duration.ofSeconds(1) : notNow.retryAfter();
    boolean wasOpen;
    synchronized (lock) {
      wasOpen = gate.isOpen();
      gate.shut(wait, clock.nanoTime());
      waiting.putBack(call);
    }
    if (wasOpen) {
      listener.hostClosed(host, wait, notNow.reason());
    }
    leaveIfAbandoned(call);
    giveUpIfHopeless();
    if (isStopped()) {
      stop();
    }
  }

  private void conclude(KpiCall call, Ended ended) {
    call.countAttempt();
    boolean wasOpen;
    boolean isOpen;
    boolean probe;
    synchronized (lock) {
      wasOpen = gate.isOpen();
      probe = gate.isProbe(call);
      gate.learn(call, ended);
      isOpen = gate.isOpen();
    }
    tell(wasOpen, isOpen, ended);
    follow(call, ended, rules.after(call, ended, probe));
    giveUpIfHopeless();
  }

  private void tell(boolean wasOpen, boolean isOpen, Ended ended) {
    if (wasOpen && !isOpen && ended.outcome() instanceof NotNow notNow) {
      Duration wait = notNow.retryAfter();
      listener.hostClosed(host, wait == null ? Duration.ZERO : wait, notNow.reason());
    } else if (!wasOpen && isOpen) {
      listener.hostOpened(host);
    }
  }

  private void follow(KpiCall call, Ended ended, Verdict verdict) {
    if (verdict instanceof Verdict.Again again) {
      attempts.report(call, ended, Optional.of(again.delay()));
      sleepers.add(call, again.delay());
      leaveIfAbandoned(call);
    } else if (verdict instanceof Verdict.Settle settle) {
      attempts.report(call, ended, Optional.empty());
      call.settled(settle.run());
    }
  }

  private void oneLessInFlight(KpiCall call) {
    boolean late;
    synchronized (lock) {
      gate.end(call);
      late = stopped;
    }
    if (late) {
      sleepers.wakeAll();
    }
    startWhatMay();
  }

  private void giveUpIfHopeless() {
    List<KpiCall> left = new ArrayList<>();
    String hopeless;
    synchronized (lock) {
      hopeless = gate.hopeless(clock.nanoTime());
      if (hopeless.isEmpty()) {
        return;
      }
      waiting.drainTo(left);
    }
    sleepers.drainTo(left);
    giveUp(left, hopeless);
  }

  private void giveUp(Collection<KpiCall> calls, String why) {
    if (calls.isEmpty()) {
      return;
    }
    listener.hostGivenUp(host, calls.size(), why);
    calls.forEach(call -> giveUp(call, host + " " + why));
  }

  private void giveUp(KpiCall call, String reason) {
    KpiRun run = KpiRun.pending(call.kpi().id());
    int retries = Math.max(0, call.attempts() - 1);
    call.settled(run.failed(clock.now(), reason, retries, KpiRun.Answer.NONE));
  }
}
