package io.schedulerworker;

import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.schedule.LedgerStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The schedules in JOBS_KV as people look at them and steer them, whichever process fires them. Thread-safe; blocks, each
 * call up to the timeout.
 */
public final class ScheduleStore {
  private static final Logger LOG = System.getLogger(ScheduleStore.class.getName());

  private final LedgerStore ledgers;
  private final Clock clock;
  private final Duration timeout;

  /**
   * The schedules in a store, which stays the caller's.
   *
   * @param jobsKv holds their ledgers
   * @param clock for deadlines and for the time of a pause
   * @param timeout bounds each call, more than zero
   */
  public ScheduleStore(KvStore jobsKv, Clock clock, Duration timeout) {
    this.ledgers = new LedgerStore(jobsKv);
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * One schedule.
   *
   * @param id its name
   * @return what is known of its fires; empty if no process has ever started it
   * @throws io.schedulerworker.model.FormatException if what is stored is no ledger
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<Ledger> find(ScheduleId id) {
    return ledgers.find(id, deadline()).map(LedgerStore.Stored::ledger);
  }

  /**
   * All schedules that any process has ever started, also those that none has any more. What is stored under the key of
   * one and is no ledger is passed over, with a warning.
   *
   * @return what is known of their fires, in the order of their names
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Map<ScheduleId, Ledger> all() {
    return ledgers.all(
        deadline(),
        (key, problem) ->
            LOG.log(Level.WARNING, "what is stored under {0} is passed over: {1}", key, problem));
  }

  /**
   * Pauses a schedule on all processes: from the moment this returns on, no fire of it becomes a job. Jobs that are under
   * way go on. What becomes of the fires of the pause says the schedule's policy.
   *
   * @param id which one
   * @return its ledger, paused now or since before; empty if no process has ever started it
   * @throws io.schedulerworker.model.FormatException if what is stored is no ledger
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not be paused; ask again
   */
  public Optional<Ledger> pause(ScheduleId id) {
    return ledgers.change(id, ledger -> ledger.paused(clock.now()), deadline());
  }

  /**
   * Ends a pause: on all processes the next fire comes at its time, and what is made up for begins within seconds.
   *
   * @param id which one
   * @return its ledger, not paused; empty if no process has ever started it
   * @throws io.schedulerworker.model.FormatException if what is stored is no ledger
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not be resumed; ask again
   */
  public Optional<Ledger> resume(ScheduleId id) {
    return ledgers.change(id, ledger -> ledger.resumed(clock.now()), deadline());
  }

  private Deadline deadline() {
    return Deadline.in(timeout, clock);
  }
}
