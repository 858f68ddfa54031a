package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One job, stored in JOBS_KV under {@link #key()}. Instants are cut to whole seconds.
 *
 * @param traceId the job's name
 * @param status how far it is; follows from the runs once a run has left {@code pending}
 * @param createdAt the moment of creation, not the fire time
 * @param updatedAt the moment of the last change
 * @param kpis the runs by KPI id, in the order of the registry; copied, unmodifiable
 * @param metadata of the job as a whole
 * @param extras further fields
 */
public record JobRecord(
    TraceId traceId,
    JobStatus status,
    Instant createdAt,
    Instant updatedAt,
    Map<String, KpiRun> kpis,
    JobMetadata metadata,
    Extras extras) {

  /** Begins the key of every job record. */
  public static final String KEY_PREFIX = "job:";

  /** The key in JOBS_KV that holds the greatest trace id. */
  public static final String LAST_TRACE_ID_KEY = "last-job-trace-id";

  /**
   * Cuts the instants and copies the runs.
   *
   * @param traceId as above
   * @param status as above
   * @param createdAt as above
   * @param updatedAt as above
   * @param kpis as above
   * @param metadata as above
   * @param extras as above
   */
  public JobRecord {
    createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
    updatedAt = updatedAt.truncatedTo(ChronoUnit.SECONDS);
    kpis = KpiRuns.copyOf(kpis);
  }

  /**
   * A job of which nobody has been called.
   *
   * @param traceId its name
   * @param createdAt now
   * @param kpiIds whom it will call, each id once
   * @param environment for example {@code production}
   * @param fire what started it
   * @return a pending job
   */
  public static JobRecord pending(
      TraceId traceId, Instant createdAt, List<String> kpiIds, String environment, Fire fire) {
    JobMetadata metadata = JobMetadata.begin(environment, fire, null);
    return new JobRecord(
        traceId,
        JobStatus.PENDING,
        createdAt,
        createdAt,
        KpiRuns.pending(kpiIds),
        metadata,
        Extras.NONE);
  }

  /**
   * A job of which nobody can be called: its claim has to be finished, and it is not known any more by whom.
   *
   * @param traceId its name
   * @param createdAt now
   * @param environment for example {@code production}
   * @param fire what started it
   * @param why for a person
   * @return a failed job without KPIs
   */
  public static JobRecord unbegun(
      TraceId traceId, Instant createdAt, String environment, Fire fire, String why) {
    JobMetadata metadata = JobMetadata.begin(environment, fire, why);
    return new JobRecord(
        traceId, JobStatus.FAILED, createdAt, createdAt, Map.of(), metadata, Extras.NONE);
  }

  /**
   * Whether this is a job of which nobody was called, nor ever will be.
   *
   * @return true if it was made by {@link #unbegun}
   */
  public boolean isUnbegun() {
    return kpis.isEmpty();
  }

  /**
   * The key under which a job is stored.
   *
   * @param traceId the job
   * @return the key in JOBS_KV
   */
  public static String key(TraceId traceId) {
    return KEY_PREFIX + traceId;
  }

  /**
   * The key of this job.
   *
   * @return the key in JOBS_KV
   */
  public String key() {
    return key(traceId);
  }

  /**
   * This job from its first call on.
   *
   * @param at now
   * @return a job that is at least in progress
   */
  public JobRecord begun(Instant at) {
    return status == JobStatus.PENDING
        ? new JobRecord(traceId, JobStatus.IN_PROGRESS, createdAt, at, kpis, metadata, extras)
        : this;
  }

  /**
   * This job with some of its runs further on, each joined with what stands here.
   *
   * @param later the runs; of KPIs that this job does not have, none is taken over
   * @param at now
   * @return the merged job, its status following from the runs
   */
  public JobRecord with(Collection<KpiRun> later, Instant at) {
    return withRuns(runs().with(later), status, at);
  }

  /**
   * This job in the hands of a later owner.
   *
   * @param epoch of the owner's lease; an earlier one than the job's changes nothing
   * @return the job
   */
  public JobRecord withEpoch(int epoch) {
    return new JobRecord(
        traceId, status, createdAt, updatedAt, kpis, metadata.withEpoch(epoch), extras);
  }

  /**
   * This job with what was done to it by hand.
   *
   * @param lines each counts once
   * @return the job
   */
  public JobRecord withAudit(List<AuditLine> lines) {
    return new JobRecord(
        traceId, status, createdAt, updatedAt, kpis, metadata.withAudit(lines), extras);
  }

  /**
   * The KPIs that still need a call.
   *
   * @return their ids, in the order of the record
   */
  public List<String> pendingIds() {
    return runs().idsOf(KpiStatus.PENDING);
  }

  /**
   * Whether the last thing that was done to it by hand was to cancel it.
   *
   * @return false also once it was driven again
   */
  public boolean isCancelled() {
    List<AuditLine> audit = metadata.audit();
    return !audit.isEmpty() && audit.get(audit.size() - 1).action() == AuditLine.Action.CANCEL;
  }

  /**
   * Whether somebody had KPIs called again.
   *
   * @return true if any was driven again
   */
  public boolean isDrivenAgain() {
    return runs().isDrivenAgain();
  }

  /**
   * Which drive of a KPI is the latest.
   *
   * @param kpiId the KPI
   * @return 0 for the first, also if the job has no such KPI, and then how often it was driven again
   */
  public int drive(String kpiId) {
    KpiRun run = isDrivenAgain() ? kpis.get(kpiId) : null;
    return run == null ? 0 : run.redrives();
  }

  /**
   * Whether a KPI still needs a call.
   *
   * @return false once all have been called, or never will be
   */
  public boolean hasPending() {
    return runs().count(KpiStatus.PENDING) > 0;
  }

  /**
   * Merges two states of the same job, whoever wrote them: run by run, see {@link KpiRun#join}. What either has alone
   * stays.
   *
   * @param later the state to merge in
   * @return the merged job, its status following from the runs
   */
  public JobRecord join(JobRecord later) {
    Map<String, KpiRun> merged = new LinkedHashMap<>(kpis);
    later.kpis.forEach((id, run) -> merged.merge(id, run, KpiRun::join));
    Instant newest = updatedAt.isAfter(later.updatedAt) ? updatedAt : later.updatedAt;
    JobStatus begun = status == JobStatus.PENDING ? later.status : status;
    JobRecord runs = withRuns(KpiRuns.copyOf(merged), begun, newest);
    return new JobRecord(
        traceId,
        runs.status,
        createdAt,
        newest,
        runs.kpis,
        metadata.join(later.metadata),
        extras.and(later.extras));
  }

  private KpiRuns runs() {
    return (KpiRuns) kpis;
  }

  private JobRecord withRuns(KpiRuns runs, JobStatus before, Instant at) {
    JobStatus next = status(runs, before);
    return new JobRecord(traceId, next, createdAt, at, runs, metadata, extras);
  }

  private static JobStatus status(KpiRuns runs, JobStatus before) {
    int pending = runs.count(KpiStatus.PENDING);
    if (pending == runs.size() && before == JobStatus.PENDING) {
      return JobStatus.PENDING;
    }
    return pending > 0 || runs.count(KpiStatus.TRIGGERED) > 0
        ? JobStatus.IN_PROGRESS
        : terminal(runs);
  }

  private static JobStatus terminal(KpiRuns runs) {
    int completed = runs.count(KpiStatus.COMPLETED);
    if (completed > 0) {
      return completed == runs.size() ? JobStatus.COMPLETED : JobStatus.PARTIAL;
    }
    return runs.count(KpiStatus.TIMED_OUT) > 0 ? JobStatus.TIMED_OUT : JobStatus.FAILED;
  }

  /** How far its KPIs are, taken together: grows whenever one of them goes on, or is driven again. */
  long progress() {
    return runs().progress();
  }

  /**
   * The number of KPIs that are completed.
   *
   * @return from 0 to the number of runs
   */
  public int completedKpis() {
    return runs().count(KpiStatus.COMPLETED);
  }

  /**
   * The number of KPIs that failed or timed out.
   *
   * @return from 0 to the number of runs
   */
  public int failedKpis() {
    return runs().count(KpiStatus.FAILED) + runs().count(KpiStatus.TIMED_OUT);
  }

  /**
   * The KPIs in numbers.
   *
   * @return what is counted in the record's metadata
   */
  public KpiCounts counts() {
    return new KpiCounts(kpis.size(), completedKpis(), failedKpis());
  }
}
