package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.util.concurrent.Executor;

/**
 * What is kept of jobs in JOBS_KV.
 *
 * @param leases who is at them
 * @param records what people and other programs see
 * @param steps what is not joined into the records yet, or may have to be again
 * @param reader both together
 * @param plans whom to call, where no registry says so to all
 * @param requests what they were asked for by
 * @param waiting which ones workflows are still at
 * @param marks which ones were driven again of late
 * @param summaries what lists show of them
 */
record JobsKv(
    Leases leases,
    JobRecords records,
    Steps steps,
    JobReader reader,
    Plans plans,
    RequestClaims requests,
    Waiting waiting,
    RedriveMarks marks,
    Summaries summaries) {
  /** Notes, before its lease goes, that somebody has to look after a job, or that nobody has to any more. */
  void leftToWorkflows(JobRecord job, Clock clock, JobSettings settings) {
    Deadline deadline = Deadline.in(settings.stepTimeout(), clock);
    if (!job.status().isTerminal()) {
      waiting.add(job.traceId(), clock.now(), deadline);
    } else if (job.isDrivenAgain()) {
      // An earlier drive may have left its note: with it, the end would be told a second time.
      waiting.find(job.traceId(), deadline).ifPresent(note -> waiting.remove(note, deadline));
    }
  }

  /**
   * On a store.
   *
   * @param executor writes what need not be waited for
   */
  static JobsKv of(KvStore store, Ttl life, Executor executor) {
    Summaries summaries = new Summaries(store, life, executor);
    return new JobsKv(
        new Leases(store, life),
        new JobRecords(store, life, summaries),
        new Steps(store, life),
        new JobReader(store),
        new Plans(store, life),
        new RequestClaims(store),
        new Waiting(store, life),
        new RedriveMarks(store),
        summaries);
  }
}
