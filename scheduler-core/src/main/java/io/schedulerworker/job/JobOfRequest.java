package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.RequestClaim;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a request led to that may be sent more than once.
 *
 * @param claim which job, of how many KPIs
 * @param settled completes with its record when every call is settled, at once where this process is not at it;
 *     exceptionally with {@link JobRefusedException} if the record is there no more
 */
public record JobOfRequest(RequestClaim claim, CompletionStage<JobRecord> settled) {
  static JobOfRequest running(RequestClaim claim, RunningJob job) {
    return new JobOfRequest(claim, job.settled());
  }

  /** Of a job whose record is there no more. */
  static JobOfRequest gone(RequestClaim claim) {
    return new JobOfRequest(
        claim, CompletableFuture.failedStage(JobRefusedException.unknown(claim.traceId())));
  }

  static JobOfRequest stored(RequestClaim claim, JobRecord job) {
    return new JobOfRequest(claim, CompletableFuture.completedStage(job));
  }
}
