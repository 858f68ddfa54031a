package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;

/**
 * Asks whichever process is at a job to call nobody any more. The wish stands in the job's lease, so that it outlives a
 * crash of who has it: whoever takes the job over finds it there. Thread-safe.
 */
public final class Cancellations {
  private final JobReader reader;
  private final Leases leases;

  /**
   * On a store.
   *
   * @param store JOBS_KV
   * @param life how long a lease stays that nobody renews
   */
  public Cancellations(KvStore store, Ttl life) {
    this.reader = new JobReader(store);
    this.leases = new Leases(store, life);
  }

  /**
   * Asks for it. Asking again changes nothing.
   *
   * @param traceId the job
   * @param by who asks, for the record
   * @param deadline by when the call must have ended
   * @throws JobRefusedException if there is no such job, or nobody of it is left to be called
   * @throws io.schedulerworker.model.FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not have been asked for
   */
  public void cancel(TraceId traceId, String by, Deadline deadline) {
    JobRecord job =
        reader.find(traceId, deadline).orElseThrow(() -> JobRefusedException.unknown(traceId));
    if (!job.hasPending() || !leases.cancel(traceId, by, deadline)) {
      throw new JobRefusedException(
          JobRefusedException.Kind.IMPOSSIBLE,
          "nothing of " + traceId + " is cancelled: no KPI of it is left to be called");
    }
  }
}
