package io.schedulerworker.schedule;

import io.schedulerworker.job.Backoff;
import io.schedulerworker.job.Jobs;
import io.schedulerworker.job.Moment;
import io.schedulerworker.job.Rounds;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.schedule.Ledgers.Decision;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every fire of one schedule gets its fate. Whenever a fire may be due it reads the ledger, and gives
 * their fates to all that are due, the oldest first; what stands in the way is tried again. Nothing about fires depends
 * on what it keeps in memory, which is when to look next and what it has told. The wait for a distant fire is cut into short ones, so that a wall clock that was set or a
 * machine that was suspended is noticed. Thread-safe.
 */
public final class ScheduleLoop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ScheduleLoop.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** How long until one looks again whether another process has given a fire its fate. */
  private static final Duration OTHERS_TURN = Duration.ofSeconds(1);

  /** How long until one looks again at a schedule that is paused, or whose fires wait for their turns. */
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final Schedule schedule;
  private final FireTimes times;
  private final Turns turns;
  private final Ledgers ledgers;
  private final Jobs jobs;
  private final JobListener listener;
  private final Clock clock;
  private final ClockWatch clocks;
  private final Duration timeout;
  private final Rounds rounds;
  private final Backoff backoff = new Backoff();
  private Moment began;
  private boolean opened;
  private boolean superseded;
  private boolean paused;
  private boolean failed;

  /** Whether the ledger is settled up to a time that is far in the future here. */
  private boolean ahead;

  /** Whether all that was due has its fate, and nothing waits. */
  private boolean idle;

  private long jumpsSeen;

  private volatile @Nullable Instant atHand;
  private @Nullable Instant next;

  /**
   * A loop that does not run yet.
   *
   * @param schedule what to fire
   * @param ledgers the fates
   * @param jobs makes jobs of fires
   * @param listener is told; must not throw
   * @param clock the time
   * @param clocks whether it can be gone by
   * @param timeout bounds the store calls of one look
   * @param executor for work that blocks
   * @throws IllegalArgumentException if the schedule's cron is no expression
   */
  public ScheduleLoop(
      Schedule schedule,
      Ledgers ledgers,
      Jobs jobs,
      JobListener listener,
      Clock clock,
      ClockWatch clocks,
      Duration timeout,
      Executor executor) {
    this.schedule = schedule;
    this.times = FireTimes.of(schedule);
    this.turns = new Turns(schedule.policy(), schedule.zone());
    this.ledgers = ledgers;
    this.jobs = jobs;
    this.listener = listener;
    this.clock = clock;
    this.clocks = clocks;
    this.began = Moment.of(clock);
    this.timeout = timeout;
    this.rounds = new Rounds(clock, executor, this::look);
  }

  /** Begins with what the ledger says is owed. Does not block. */
  public void start() {
    began = Moment.of(clock);
    expect(began.wall(), began.wall());
    rounds.start();
  }

  /**
   * Whose loop it is.
   *
   * @return the schedule's id
   */
  public ScheduleId scheduleId() {
    return schedule.id();
  }

  /**
   * The fire time that comes next.
   *
   * @return empty if the loop is not started, the schedule is paused, or never fires again
   */
  public synchronized Optional<Instant> nextFireTime() {
    return paused ? Optional.empty() : Optional.ofNullable(next);
  }

  /**
   * Notes which fire comes next.
   *
   * @param now what was due by then is decided about; what falls due while that is stored is not
   */
  private synchronized void expect(Instant after, Instant now) {
    next = times.nextDue(after, now).orElse(null);
  }

  /** Nobody is asked before a fire is due: a wait that was cut short goes on. */
  private Optional<Duration> look() {
    if (idle && !isDue() && jumpsSeen == clocks.jumps()) {
      return untilNext();
    }
    atHand = null;
    idle = false;
    jumpsSeen = clocks.jumps();
    try {
      return settleWhatIsDue();
    } catch (RuntimeException e) {
      tell(e);
      return Optional.of(backoff.next());
    }
  }

  private synchronized boolean isDue() {
    return next != null && !times.due(next).isAfter(clock.now());
  }

  /** Empty if there is none. */
  private synchronized Optional<Duration> untilNext() {
    return Optional.ofNullable(next)
        .map(fireTime -> Duration.between(clock.now(), times.due(fireTime)))
        .map(wait -> shorter(wait, LONGEST_WAIT));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Optional<Duration> settleWhatIsDue() {
    Optional<Instant> tried = Optional.empty();
    while (!rounds.isClosed()) {
      Optional<Decision> decision = decide();
      if (decision.isEmpty()) {
        return Optional.of(OTHERS_TURN);
      }
      Optional<Instant> onTime = decision.get().onTime();
      if (superseded || onTime.isEmpty()) {
        Optional<Duration> wait = superseded ? untilNext() : makeUp(decision.get());
        succeeded();
        return wait;
      }
      boolean again = onTime.equals(tried);
      tried = onTime;
      if (again || !settle(onTime.get())) {
        return Optional.of(OTHERS_TURN);
      }
    }
    return Optional.empty();
  }

  /** Empty while the clock cannot be gone by. */
  private Optional<Decision> decide() {
    if (!opened && !open()) {
      return Optional.empty();
    }
    Optional<Decision> decision = ledgers.decide(schedule, deadline());
    decision.ifPresent(made -> {
      made.notes().forEach(this::tell);
      note(made.ledger(), made.now());
    });
    return decision;
  }

  /** By what the clock shows now: it may have been set since this process was started. */
  private boolean open() {
    Optional<Instant> since = clocks.now().map(now -> now.minus(Moment.of(clock).since(began)));
    since.ifPresent(moment -> ledgers.open(schedule, moment, deadline()));
    opened = since.isPresent();
    return opened;
  }

  private void tell(Agenda.Note note) {
    SkipReason reason = note.reason();
    Owed.Cause cause = note.cause();
    if (reason != null) {
      listener.firesLetGo(schedule.id(), reason, note.count(), note.last());
    } else if (cause != null) {
      listener.firesPutOff(schedule.id(), cause, note.count(), note.last());
    }
  }

  /** Whether a fire has its fate now, or is put off. */
  private boolean settle(Instant fireTime) {
    atHand = fireTime;
    Fire fire = Fire.of(schedule, fireTime);
    if (schedule.policy().overlap() != Overlap.ALLOW) {
      List<TraceId> others = goingOn(fire);
      if (!others.isEmpty()) {
        standBack(fire, fireTime, others.get(0));
        return true;
      }
    }
    return jobs.settle(fire, schedule.selection(), ledgers);
  }

  /** Another process may just be making the job of the same fire, which stands in nobody's way. */
  private List<TraceId> goingOn(Fire fire) {
    return jobs.underWay(schedule.id(), deadline()).stream()
        .filter(traceId -> !fire.mayHave(traceId))
        .toList();
  }

  private void standBack(Fire fire, Instant fireTime, TraceId other) {
    if (schedule.policy().overlap() == Overlap.QUEUE_ONE
        && ledgers.putOff(schedule, fireTime, deadline())) {
      listener.firesPutOff(schedule.id(), Owed.Cause.OVERLAP, 1, fireTime);
    } else if (ledgers.skip(fire, SkipReason.OVERLAP, other + " was still going on", deadline())) {
      listener.firesLetGo(schedule.id(), SkipReason.OVERLAP, 1, fireTime);
    }
  }

  /** All that is due has its fate: those that were put off may have their turns. */
  private Optional<Duration> makeUp(Decision decision) {
    Ledger ledger = decision.ledger();
    if (ledger.owed().isEmpty() && !paused && !ahead) {
      idle = true;
      return untilNext();
    }
    List<Owed> owed = turns.at(decision.now(), ledger);
    if (owed.isEmpty()) {
      return Optional.of(untilNext().map(wait -> shorter(wait, WATCH)).orElse(WATCH));
    }
    for (Owed each : owed) {
      Fire fire = Fire.of(schedule, each.fireTime());
      if (turns.isFree(each, ledger, goingOn(fire))) {
        atHand = each.fireTime();
        boolean settled = jobs.settle(fire, schedule.selection(), ledgers);
        return Optional.of(settled ? Duration.ZERO : OTHERS_TURN);
      }
    }
    return Optional.of(OTHERS_TURN);
  }

  /** Nothing failed in this look: neither what was due nor what had its turn. */
  private void succeeded() {
    backoff.reset();
    if (failed) {
      failed = false;
      listener.firesSettled(schedule.id());
    }
  }

  private void tell(RuntimeException failure) {
    if (rounds.isClosed()) {
      return;
    }
    Optional<Instant> waiting = waiting();
    if (waiting.isPresent()) {
      failed = true;
      listener.fireFailed(Fire.of(schedule, waiting.get()), failure);
    } else {
      LOG.log(
          Level.WARNING,
          "the ledger of schedule {0} is out of reach: {1}",
          schedule.id(),
          failure.getMessage());
    }
  }

  /** The fire that a failure holds up. */
  private synchronized Optional<Instant> waiting() {
    return Optional.ofNullable(atHand)
        .or(() -> Optional.ofNullable(next).filter(due -> !due.isAfter(clock.now())));
  }

  private void note(Ledger ledger, Instant now) {
    ahead = clocks.isAhead(schedule.id(), ledger.openAfter());
    noteWhetherInForce(ledger);
    noteWhetherPaused(ledger);
    expect(ledger.openAfter(), now);
  }

  /** The definition stored last holds for all: an old process steps back, and is back if the old one is. */
  private void noteWhetherInForce(Ledger ledger) {
    boolean before = superseded;
    superseded = !ledger.isOf(schedule);
    if (superseded && !before) {
      listener.scheduleSuperseded(schedule.id(), ledger.cron(), ledger.zone());
    } else if (before && !superseded) {
      listener.scheduleReinstated(schedule.id());
    }
  }

  private void noteWhetherPaused(Ledger ledger) {
    Instant since = ledger.pausedSince();
    boolean before = setPaused(since != null);
    if (since != null && !before) {
      listener.schedulePaused(schedule.id(), since);
    } else if (before && since == null) {
      listener.scheduleResumed(schedule.id());
    }
  }

  /** Returns what it was before. */
  private synchronized boolean setPaused(boolean now) {
    boolean before = paused;
    paused = now;
    return before;
  }

  private Deadline deadline() {
    return Deadline.in(timeout, clock);
  }

  /** Fires no more. May be called again. */
  @Override
  public void close() {
    rounds.close();
  }
}
