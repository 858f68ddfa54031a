package io.schedulerworker;

import io.schedulerworker.job.Cancellations;
import io.schedulerworker.job.Completions;
import io.schedulerworker.job.JobReader;
import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobPage;
import io.schedulerworker.model.JobQuery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job records in JOBS_KV as people look at them, whoever wrote them. Thread-safe; blocks, each call up to the timeout.
 */
public final class JobStore {
  private static final Logger LOG = System.getLogger(JobStore.class.getName());

  /** Completions are joined into their records, and leases renewed, long before. */
  private static final Duration LIFE = SchedulerWorkerBuilder.DEFAULT_RETENTION;

  private static final int AT_A_TIME = 200;
  private static final int MOST_LOOKS = 2_000;

  private final KvStore store;
  private final JobReader reader;
  private final Completions completions;
  private final Cancellations cancellations;
  private final Steered steered;
  private final Clock clock;
  private final Duration timeout;

  /**
   * The records in a store, which stays the caller's.
   *
   * @param jobsKv holds the records
   * @param clock for deadlines
   * @param timeout bounds each call, more than zero
   */
  public JobStore(KvStore jobsKv, Clock clock, Duration timeout) {
    this(jobsKv, clock, timeout, Steered.NOBODY_IS_TOLD);
  }

  JobStore(KvStore jobsKv, Clock clock, Duration timeout, Steered steered) {
    this.steered = steered;
    this.store = jobsKv;
    this.reader = new JobReader(jobsKv);
    this.completions = new Completions(jobsKv, Ttl.of(LIFE), clock);
    this.cancellations = new Cancellations(jobsKv, Ttl.of(LIFE));
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * One job.
   *
   * @param traceId its name
   * @return its record, with the steps that are not joined into it yet; empty if there is none
   * @throws FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<JobRecord> find(TraceId traceId) {
    return reader.find(traceId, Deadline.in(timeout, clock));
  }

  /**
   * Takes a workflow's report of the end of a KPI's latest drive, at any process, before or after its call is recorded, any number of times.
   *
   * @param traceId the job
   * @param kpiId the KPI
   * @param end completed or failed
   * @param why it failed, for a person; null if it is not known or it did not
   * @return what the report meets
   * @throws IllegalArgumentException if the status is none that a workflow can report
   * @throws FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not be recorded; report it again
   */
  public Completion complete(TraceId traceId, String kpiId, KpiStatus end, @Nullable String why) {
    return complete(traceId, kpiId, null, end, why);
  }

  /**
   * Takes a workflow's report of the end of one drive of a KPI, otherwise like {@link #complete(TraceId, String, KpiStatus,
   * String)}.
   *
   * @param traceId the job
   * @param kpiId the KPI
   * @param drive 0 for the first, and then how often the KPI was driven again by hand
   * @param end completed or failed
   * @param why it failed, for a person; null if it is not known or it did not
   * @return what the report meets
   * @throws IllegalArgumentException if the status is none that a workflow can report
   * @throws FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not be recorded; report it again
   */
  public Completion complete(
      TraceId traceId, String kpiId, int drive, KpiStatus end, @Nullable String why) {
    return complete(traceId, kpiId, Integer.valueOf(drive), end, why);
  }

  private Completion complete(
      TraceId traceId, String kpiId, @Nullable Integer drive, KpiStatus end, @Nullable String why) {
    KpiRun run = KpiRun.pending(kpiId).reported(clock.now(), end, why);
    Completion met = completions.complete(traceId, run, drive, Deadline.in(timeout, clock));
    if (met == Completion.RECORDED) {
      steered.reported(traceId);
    }
    return met;
  }

  /**
   * Asks whichever process is at a job to call nobody of it any more: KPIs that have not accepted a call fail, as {@code
   * cancelled}, at once if it is this process, within a third of the lease if it is another one. Calls in flight go on to
   * their end. Asking again changes nothing.
   *
   * @param traceId the job
   * @param by who asks, for the record
   * @throws io.schedulerworker.model.JobRefusedException if there is no such job, or nobody of it is left to be called
   * @throws FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails: it may or may not have been asked for; ask again
   */
  public void cancel(TraceId traceId, String by) {
    cancellations.cancel(traceId, by, Deadline.in(timeout, clock));
    steered.cancelled(traceId, by);
  }

  /** Is told what was done to jobs here that the process itself may be at. */
  interface Steered {
    /** There is nobody. */
    Steered NOBODY_IS_TOLD = new Steered() {
      @Override
      public void reported(TraceId traceId) {}

      @Override
      public void cancelled(TraceId traceId, String by) {}
    };

    void reported(TraceId traceId);

    void cancelled(TraceId traceId, String by);
  }

  /**
   * The newest job.
   *
   * @return its name, as noted when it was made; empty before the first
   * @throws FormatException if what is noted is no trace id
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<TraceId> newest() {
    return store
        .get(JobRecord.LAST_TRACE_ID_KEY, Deadline.in(timeout, clock))
        .map(entry -> traceId(entry.value()));
  }

  private static TraceId traceId(String text) {
    try {
      return new TraceId(text);
    } catch (IllegalArgumentException e) {
      throw new FormatException(JobRecord.LAST_TRACE_ID_KEY + " holds no trace id");
    }
  }

  /**
   * Jobs, newest first, from their summaries: the record of a job that is going on may be up to half a minute ahead, and one
   * that another program made shows once a scheduler that was {@linkplain SchedulerWorker#start started} has come upon it.
   * What is stored under the key of a summary and is none is passed over, with a warning.
   *
   * @param query which ones
   * @return a page; it may be short, even empty, and yet have a next one, where few of many jobs match
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public JobPage list(JobQuery query) {
    Deadline deadline = Deadline.in(timeout, clock);
    Scan scan = new Scan(query);
    KvListing listing = KvListing.descending(JobSummary.KEY_PREFIX, pageSize(query));
    Optional<String> from = query.before().map(JobSummary::key);
    for (KvEntry entry : KvWalk.over(store, from.map(listing::after).orElse(listing), deadline)) {
      if (!scan.goesOnAfter(entry)) {
        return scan.page();
      }
    }
    return scan.lastPage();
  }

  /** Where all match, one more than is wanted tells whether there are more. */
  private static int pageSize(JobQuery query) {
    return query.isForAll() ? query.limit() + 1 : AT_A_TIME;
  }

  /** One walk down the summaries, until there are enough or it has gone far enough. */
  private static final class Scan {
    private final JobQuery query;
    private final List<JobSummary> found = new ArrayList<>();
    private @Nullable TraceId last;
    private int looks;

    Scan(JobQuery query) {
      this.query = query;
    }

    boolean goesOnAfter(KvEntry entry) {
      if (found.size() == query.limit() || looks == MOST_LOOKS) {
        return false;
      }
      looks++;
      read(entry).ifPresent(this::look);
      return true;
    }

    private void look(JobSummary job) {
      last = job.traceId();
      if (query.matches(job)) {
        found.add(job);
      }
    }

    JobPage page() {
      return new JobPage(found, Optional.ofNullable(last));
    }

    JobPage lastPage() {
      return new JobPage(found, Optional.empty());
    }
  }

  private static Optional<JobSummary> read(KvEntry entry) {
    try {
      return Optional.of(JobSummaryJson.read(entry.value()));
    } catch (FormatException e) {
      LOG.log(
          Level.WARNING,
          "what is stored under {0} is passed over: {1}",
          entry.key(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
