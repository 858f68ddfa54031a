package io.schedulerworker.job;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where the fates of fires are fixed, once each. Thread-safe; may block. */
public interface Fates {
  /**
   * Fixes that a fire is a job, if it has its turn: it is the next that is open, or is owed; its schedule is still defined
   * as here and not paused; and where jobs may not overlap, or it waited for one, no other is going on.
   *
   * @param fire of a schedule
   * @param traceId the job
   * @param claimant the process that claimed the job
   * @param held whether nobody has taken over the claim's lease; asked before every change, after the ledger was read,
   *     and may block
   * @param deadline by when the call must have ended
   * @return whether the fire's fate is this job by this claimant, from now on or since before
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  boolean claim(
      Fire fire, TraceId traceId, String claimant, BooleanSupplier held, Deadline deadline);

  /**
   * Has a claim fail that its claimant may still be at, before its lease is ended: a write that was sent may yet arrive.
   * The fire stays open, or owed, for whoever claims it next.
   *
   * @param fire of a schedule
   * @param traceId the job
   * @param claimant the process that claimed the job
   * @param deadline by when the call must have ended
   * @return false if the fire's fate is this job by this claimant after all
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  boolean abandon(Fire fire, TraceId traceId, String claimant, Deadline deadline);

  /**
   * Fixes that a fire makes no job, unless its fate is fixed already.
   *
   * @param fire of a schedule
   * @param why the reason
   * @param deadline by when the call must have ended
   * @return whether this call fixed it
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  boolean skip(Fire fire, NoJobException why, Deadline deadline);

  /**
   * Whom the jobs of a schedule call.
   *
   * @param schedule its id
   * @return empty if this process does not have the schedule
   */
  Optional<KpiSelection> selection(ScheduleId schedule);
}
