package io.schedulerworker.schedule;

import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.job.Backoff;
import io.schedulerworker.job.Jobs;
import io.schedulerworker.job.Rounds;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every fire of one schedule gets its fate. Whenever a fire may be due it reads the ledger, and gives
 * their fates to all that are due, the oldest first; what stands in the way is tried again. It keeps nothing in memory
 * but when to look next. The wait for a distant fire is cut into short ones, so that a wall clock that was set or a
 * machine that was suspended is noticed. Thread-safe.
 */
public final class ScheduleLoop implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ScheduleLoop.class.getName());
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** How long until one looks again whether another process has given a fire its fate. */
  private static final Duration OTHERS_TURN = Duration.ofSeconds(1);

  private final Schedule schedule;
  private final CronExpression cron;
  private final Ledgers ledgers;
  private final Jobs jobs;
  private final JobListener listener;
  private final Clock clock;
  private final Duration timeout;
  private final Rounds rounds;
  private final Backoff backoff = new Backoff();
  private Instant began = Instant.EPOCH;
  private boolean opened;
  private boolean superseded;
  private boolean failed;

  /** Whether all that was due has its fate. */
  private boolean idle;

  private volatile @Nullable Instant underWay;
  private @Nullable Instant next;

  /**
   * A loop that does not run yet.
   *
   * @param schedule what to fire
   * @param ledgers the fates
   * @param jobs makes jobs of fires
   * @param listener is told; must not throw
   * @param clock the time
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
      Duration timeout,
      Executor executor) {
    this.schedule = schedule;
    this.cron = CronExpression.parse(schedule.cron());
    this.ledgers = ledgers;
    this.jobs = jobs;
    this.listener = listener;
    this.clock = clock;
    this.timeout = timeout;
    this.rounds = new Rounds(clock, executor, this::look);
  }

  /** Begins with what the ledger says is owed. Does not block. */
  public void start() {
    began = clock.now();
    expect(began);
    rounds.start();
  }

  /**
   * The fire time that comes next.
   *
   * @return empty if the loop is not started or the schedule never fires again
   */
  public synchronized Optional<Instant> nextFireTime() {
    return Optional.ofNullable(next);
  }

  private synchronized void expect(Instant after) {
    next = DueFires.next(cron, schedule.zone(), after).orElse(null);
  }

  /** Nobody is asked before a fire is due: a wait that was cut short goes on. */
  private Optional<Duration> look() {
    if (idle && !isDue()) {
      return untilNext();
    }
    underWay = null;
    idle = false;
    try {
      Ledger ledger = ledger();
      noteWhetherInForce(ledger);
      idle = superseded || settle(ledger);
      if (!idle) {
        return Optional.of(OTHERS_TURN);
      }
      settled();
      return untilNext();
    } catch (RuntimeException e) {
      tell(e);
      return Optional.of(backoff.next());
    }
  }

  private synchronized boolean isDue() {
    return next != null && !next.isAfter(clock.now());
  }

  /** Empty if there is none. */
  private synchronized Optional<Duration> untilNext() {
    return Optional.ofNullable(next)
        .map(due -> Duration.between(clock.now(), due))
        .map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }

  private void settled() {
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
    return Optional.ofNullable(underWay)
        .or(() -> Optional.ofNullable(next).filter(due -> !due.isAfter(clock.now())));
  }

  private Ledger ledger() {
    Ledger ledger =
        opened ? ledgers.read(schedule, deadline()) : ledgers.open(schedule, began, deadline());
    opened = true;
    return ledger;
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
    Instant now = clock.now();
    expect(ledger.openAfter().isAfter(now) ? ledger.openAfter() : now);
  }

  /** Whether all that is due has its fate now. */
  private boolean settle(Ledger ledger) {
    DueFires due = DueFires.of(cron, schedule.zone(), ledger.openAfter(), clock.now());
    if (!due.letGo().isEmpty() && ledgers.letGo(schedule, due.letGo(), deadline())) {
      listener.firesLetGo(
          schedule.id(), due.letGoCount(), due.letGo().get(due.letGo().size() - 1));
    }
    for (Instant time : due.toFire()) {
      underWay = time;
      if (!jobs.settle(Fire.of(schedule, time), schedule.selection(), ledgers)) {
        return false;
      }
    }
    return true;
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
