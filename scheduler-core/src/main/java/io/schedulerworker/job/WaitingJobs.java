package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Looks after jobs that workflows are still at, whichever process called them: joins the ends that are reported into the
 * records, sees what other programs write there, and ends what runs out of time. Any number of processes may do this at
 * the same time: what runs out of time is one step that is put if it is absent, and records are joined. Thread-safe.
 */
public final class WaitingJobs implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WaitingJobs.class.getName());
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final int PAUSES_PER_ROUND = 3;

  /** Who it is by whom KPIs are driven again: the setting. */
  private static final String RETRY_UNFINISHED = "retry_unfinished";

  private static final int PAUSES = 10;

  private final JobsKv kv;
  private final Timeouts timeouts;
  private final Redrives redrives;
  private final JobSettings settings;
  private final Clock clock;
  private final BooleanSupplier clockAgrees;
  private final JobListener listener;
  private final Executor executor;
  private final Rounds rounds;
  private final QuietJobs quiet;
  private final Map<TraceId, Long> lookedAt = new HashMap<>();
  private final Set<TraceId> soon = ConcurrentHashMap.newKeySet();
  private final Set<TraceId> unreadable = ConcurrentHashMap.newKeySet();

  private volatile long lastTook;

  WaitingJobs(
      JobsKv kv,
      Redrives redrives,
      JobSettings settings,
      Clock clock,
      BooleanSupplier clockAgrees,
      JobListener listener,
      Executor executor) {
    this.kv = kv;
    this.timeouts = new Timeouts(kv.steps(), settings.jobTimeout(), clock);
    this.redrives = redrives;
    this.quiet = new QuietJobs(kv.reader(), clock);
    this.settings = settings;
    this.clock = clock;
    this.clockAgrees = clockAgrees;
    this.listener = listener;
    this.executor = executor;
    this.rounds = new Rounds(clock, executor, this::round);
  }

  /** Begins to look after them. Does not block. */
  public void start() {
    rounds.start();
  }

  /**
   * An end was reported: its job is looked at soon, once for all that come until then. Does not block.
   *
   * @param traceId the job
   */
  public void reported(TraceId traceId) {
    if (!rounds.isClosed() && soon.add(traceId)) {
      clock.after(soonEnough(), () -> executor.execute(() -> lookNow(traceId)));
    }
  }

  /** Great jobs take long to be read and written: a tenth of the time at most goes into that. */
  private Duration soonEnough() {
    Duration pause = Duration.ofNanos(lastTook).multipliedBy(PAUSES);
    return pause.compareTo(SOON) > 0 ? pause : SOON;
  }

  private void lookNow(TraceId traceId) {
    soon.remove(traceId);
    if (!rounds.isClosed()) {
      long began = clock.nanoTime();
      lookSafely(traceId);
      lastTook = clock.nanoTime() - began;
    }
  }

  private Optional<Duration> round() {
    long began = clock.nanoTime();
    try {
      Set<TraceId> waiting = kv.waiting().all(deadline());
      lookedAt.keySet().retainAll(waiting);
      unreadable.retainAll(waiting);
      quiet.retainAll(waiting);
      waiting.stream().filter(this::isDue).forEach(this::lookSafely);
    } catch (KvStoreException e) {
      LOG.log(Level.DEBUG, "waiting jobs are looked at later: {0}", e.getMessage());
    }
    Duration took = Duration.ofNanos(clock.nanoTime() - began);
    Duration pause = took.multipliedBy(PAUSES_PER_ROUND);
    return Optional.of(pause.compareTo(ROUND) > 0 ? pause : ROUND);
  }

  private boolean isDue(TraceId traceId) {
    long now = clock.nanoTime();
    Long before = lookedAt.get(traceId);
    boolean due = before == null || now - before >= LOOK_AGAIN.toNanos();
    if (due) {
      lookedAt.put(traceId, now);
    }
    return due;
  }

  private void lookSafely(TraceId traceId) {
    try {
      if (!quiet.contains(traceId, deadline())) {
        quiet.remove(traceId);
        look(traceId, deadline());
      }
      unreadable.remove(traceId);
    } catch (KvStoreException e) {
      LOG.log(Level.DEBUG, "{0} is looked at later: {1}", traceId, e.getMessage());
    } catch (RuntimeException | Error e) {
      Level level = unreadable.add(traceId) ? Level.WARNING : Level.DEBUG;
      LOG.log(
          rounds.unlessClosed(level, e),
          "the ends reported of {0} cannot be joined: {1}",
          traceId,
          e.getMessage());
    }
  }

  /** The note first: what is removed at last is what was there before the record was read. */
  private void look(TraceId traceId, Deadline deadline) {
    Optional<KvEntry> note = kv.waiting().find(traceId, deadline);
    Fingerprint fingerprint = new Fingerprint();
    Optional<JoinedJob> found = kv.reader().read(traceId, deadline, fingerprint::add);
    if (found.isEmpty()) {
      note.ifPresent(entry -> kv.waiting().remove(entry, deadline));
      return;
    }
    JobRecords.Stored raw = found.get().raw();
    // Another program may have ended KPIs without counting anew.
    JobRecord job = found.get().job().with(List.of(), raw.job().updatedAt());
    if (timeouts.isGivenUp(job)) {
      note.ifPresent(entry -> kv.waiting().remove(entry, deadline));
    }
    boolean isNews = !job.equals(raw.job()) || job.status().isTerminal() || isLate(job);
    // Whoever calls its KPIs looks after it, and notes it when they are called.
    if (!isNews) {
      leaveAlone(job, fingerprint, deadline);
    } else if (!kv.leases().exists(traceId, deadline)) {
      settle(raw, job, note, deadline);
    }
  }

  /** Unless lists still have to be made to show it as it is, which may fail. */
  private void leaveAlone(JobRecord job, Fingerprint fingerprint, Deadline deadline) {
    if (kv.summaries().show(job, deadline)) {
      quiet.add(job.traceId(), fingerprint, timeouts.inTimeUntil(job));
    }
  }

  private boolean isLate(JobRecord job) {
    return timeouts.isLate(job) && clockAgrees.getAsBoolean();
  }

  private void settle(
      JobRecords.Stored raw, JobRecord joined, Optional<KvEntry> note, Deadline deadline) {
    boolean late = isLate(joined);
    if (late && isDrivenAgain(joined)) {
      return;
    }
    JobRecord job = late ? timeouts.apply(joined, deadline) : joined;
    boolean ends = job.status().isTerminal() && note.isPresent();
    boolean stored = (job.equals(raw.job()) && !ends) || isWritten(raw, job, deadline);
    // Of all processes that see the end, the one that removes the note tells of it.
    if (stored && ends && kv.waiting().remove(note.get(), deadline)) {
      listener.jobEnded(job);
    }
  }

  /** Whether somebody drives it again, this process or another one that is at it. */
  private boolean isDrivenAgain(JobRecord job) {
    if (!settings.retryUnfinished() || job.isCancelled()) {
      return false;
    }
    try {
      redrives.begin(job.traceId(), RedriveChoice.UNFINISHED, RETRY_UNFINISHED);
      return true;
    } catch (JobRefusedException e) {
      return e.kind() != JobRefusedException.Kind.IMPOSSIBLE;
    } catch (NoJobException e) {
      LOG.log(Level.DEBUG, "{0} times out: {1}", job.traceId(), e.getMessage());
      return false;
    }
  }

  private boolean isWritten(JobRecords.Stored raw, JobRecord job, Deadline deadline) {
    JobRecord later = job.with(List.of(), clock.now());
    return kv.records().update(raw, later, deadline).stored() != null;
  }

  private Deadline deadline() {
    return Deadline.in(settings.stepTimeout(), clock);
  }

  /** Looks after them no more. May be called again. */
  @Override
  public void close() {
    rounds.close();
  }
}
