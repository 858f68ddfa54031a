package io.schedulerworker.job;

import io.schedulerworker.dispatch.Dispatcher;
import io.schedulerworker.job.JobRecords.Stored;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The jobs whose KPIs this process calls. Thread-safe. */
public final class RunningJobs {
  private static final Logger LOG = System.getLogger(RunningJobs.class.getName());

  private final JobsKv kv;
  private final Dispatcher dispatcher;
  private final JobSettings settings;
  private final Clock clock;
  private final JobListener listener;
  private final Executor executor;
  private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();

  RunningJobs(
      JobsKv kv,
      Dispatcher dispatcher,
      JobSettings settings,
      Clock clock,
      JobListener listener,
      Executor executor) {
    this.kv = kv;
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.executor = executor;
  }

  /** Begins the calls of a job that is recorded. */
  RunningJob begin(HeldLease lease, Stored stored, List<Kpi> kpis, Deadline deadline) {
    noteLast(lease.traceId(), deadline);
    Journal journal = new Journal(stored, kv, lease, settings, clock, executor);
    RepeatCheck repeats =
        new RepeatCheck(lease.traceId(), kv.reader(), settings, clock, executor, lease::isOver);
    RunningJob job = new RunningJob(lease, kpis, journal, repeats, kv, settings, clock, listener);
    running.add(job);
    job.settled().whenComplete((record, failure) -> running.remove(job));
    job.begin(dispatcher);
    return job;
  }

  /** The job is there, and is done whether or not it can be noted as the last one. */
  private void noteLast(TraceId traceId, Deadline deadline) {
    try {
      kv.records().noteLast(traceId, deadline);
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING, "{0} could not be noted as the last job: {1}", traceId, e.getMessage());
    }
  }

  /** Writes down what is known of the jobs, whose calls in flight are not waited for any longer. */
  public void finishWithWhatIsKnown() {
    running.forEach(RunningJob::finish);
  }

  /**
   * A job on its way here.
   *
   * @param traceId its name
   * @return empty if it is settled, unknown or another process's
   */
  public Optional<RunningJob> find(TraceId traceId) {
    return running.stream().filter(job -> job.traceId().equals(traceId)).findFirst();
  }

  /**
   * Calls nobody of a job any more, if this process is at it. Does not block.
   *
   * @param traceId its name
   * @param by who asked for it
   */
  public void cancel(TraceId traceId, String by) {
    find(traceId).ifPresent(job -> job.cancel(by));
  }

  /**
   * All that are on their way here.
   *
   * @return those that are not settled
   */
  public List<RunningJob> all() {
    return List.copyOf(running);
  }
}
