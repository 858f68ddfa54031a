package io.schedulerworker.job;

import io.schedulerworker.job.JobRecords.Stored;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how far a job is. Outcomes go out in small steps, each with what came since the one before; the steps are
 * joined into the record when they weigh more than half of it, so that what is written grows with the number of KPIs and
 * not with its square. While the store is away, outcomes are kept. Thread-safe.
 */
final class Journal {
  private static final Logger LOG = System.getLogger(Journal.class.getName());

  /** What comes within it goes out together. */
  private static final Duration LINGER = Duration.ofMillis(100);

  /** Other programs read the record of a small job itself; it is not older than this. */
  private static final Duration OLDEST = Duration.ofSeconds(30);

  private static final int SMALL = 256 << 10;

  private final JobsKv kv;
  private final HeldLease lease;
  private final JobSettings settings;
  private final Clock clock;
  private final Serial work;
  private final Queue<KpiRun> outcomes = new ConcurrentLinkedQueue<>();
  private final Queue<Intent> intents = new ConcurrentLinkedQueue<>();
  private final Queue<AuditLine> lines = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awaited = new AtomicBoolean();
  private final CompletableFuture<JobRecord> end = new CompletableFuture<>();
  private final Backoff backoff = new Backoff();

  // Below: changed by one task at a time.
  private final List<KpiRun> unwritten = new ArrayList<>();
  private final List<Intent> unnoted = new ArrayList<>();
  private final List<AuditLine> unwrittenLines = new ArrayList<>();
  private final List<KpiRun> unmerged = new ArrayList<>();
  private final List<AuditLine> unmergedLines = new ArrayList<>();
  private volatile Stored stored;
  private long unmergedSize;
  private boolean deleted;
  private boolean ending;
  private @Nullable Long failingSince;
  private Clock.@Nullable Timer mergeTimer;

  Journal(
      Stored stored,
      JobsKv kv,
      HeldLease lease,
      JobSettings settings,
      Clock clock,
      Executor executor) {
    this.stored = stored;
    this.kv = kv;
    this.lease = lease;
    this.settings = settings;
    this.clock = clock;
    this.work = new Serial(executor);
  }

  /** The job, as far as it is written down. */
  JobRecord job() {
    return stored.job();
  }

  /** Notes that calls begin. Before any other use; blocks. The record lags behind if this fails. */
  void begin() {
    if (stored.job().status() != JobStatus.PENDING) {
      return;
    }
    JobRecord begun = stored.job().begun(clock.now());
    try {
      if (stored.size() < SMALL) {
        write(begun);
      } else {
        append(new Step(lease.epoch(), List.of(), List.of()));
        stored = new Stored(begun, stored.version(), stored.size());
        kv.summaries().show(begun, deadline());
      }
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "{0} could not be marked as in progress: {1}",
          begun.traceId(),
          e.getMessage());
      stored = new Stored(begun, stored.version(), stored.size());
    }
  }

  /** Takes an outcome; it is written down soon. */
  void add(KpiRun run) {
    outcomes.add(run);
    if (awaited.compareAndSet(false, true)) {
      clock.after(LINGER, () -> work.execute(this::flush));
    }
  }

  /** Takes what somebody did by hand; it is written down with what follows. */
  void note(AuditLine line) {
    lines.add(line);
  }

  /** Notes that a KPI is about to be called; {@code then} takes whether that is written down. */
  void intend(String kpiId, Consumer<Boolean> then) {
    intents.add(new Intent(kpiId, then));
    work.execute(this::flush);
  }

  /** Writes down all there is, joined into the record, and no more after it. Does not block. */
  void end() {
    work.execute(() -> {
      ending = true;
      flush();
    });
  }

  /**
   * The end, which an outcome that cannot be stored also is.
   *
   * @return completes with the job as stored; exceptionally if that cannot be, or the job is another's
   */
  CompletionStage<JobRecord> ended() {
    return end.minimalCompletionStage();
  }

  /** Writes no more: the job is another process's. */
  void abandon(RuntimeException why) {
    work.execute(() -> fail(why));
  }

  private void flush() {
    awaited.set(false);
    take();
    if (end.isDone()) {
      refuse();
      return;
    }
    try {
      appendStep();
      if (ending) {
        merge();
        joinWhatOthersSaid();
      } else if (isHeavy()) {
        mergeOnTheWay();
      } else if (!unmerged.isEmpty()) {
        mergeLater();
      }
      succeeded();
    } catch (KvStoreException | Error e) {
      failed(e);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void take() {
    for (KpiRun run = outcomes.poll(); run != null; run = outcomes.poll()) {
      unwritten.add(run);
    }
    for (Intent intent = intents.poll(); intent != null; intent = intents.poll()) {
      unnoted.add(intent);
    }
    for (AuditLine line = lines.poll(); line != null; line = lines.poll()) {
      unwrittenLines.add(line);
    }
  }

  private void refuse() {
    List<Intent> refused = List.copyOf(unnoted);
    unnoted.clear();
    refused.forEach(intent -> intent.then().accept(false));
  }

  private void appendStep() {
    if (unwritten.isEmpty() && unnoted.isEmpty() && unwrittenLines.isEmpty()) {
      return;
    }
    List<String> called = unnoted.stream().map(Intent::kpiId).toList();
    unmergedSize += append(new Step(lease.epoch(), unwritten, called, unwrittenLines));
    unmerged.addAll(unwritten);
    unwritten.clear();
    unmergedLines.addAll(unwrittenLines);
    unwrittenLines.clear();
    if (!unnoted.isEmpty()) {
      letCall();
    }
  }

  /**
   * After the intents: whoever takes the job over looks for them after it has changed the lease. So either it sees them, or
   * it is seen here, even by a process that slept and whose clocks hide that from it.
   */
  private void letCall() {
    if (!lease.isConfirmed(deadline())) {
      lease.lose();
      throw lease.lost();
    }
    List<Intent> noted = List.copyOf(unnoted);
    unnoted.clear();
    noted.forEach(intent -> intent.then().accept(true));
  }

  private int append(Step step) {
    return kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline());
  }

  private boolean isHeavy() {
    return unmergedSize * 2 > stored.size();
  }

  private void mergeLater() {
    if (mergeTimer == null && stored.size() < SMALL) {
      mergeTimer = clock.after(OLDEST, () -> work.execute(this::mergeNow));
    }
  }

  private void mergeNow() {
    mergeTimer = null;
    if (!unmerged.isEmpty() && !end.isDone()) {
      mergeOnTheWay();
    }
  }

  /** All that it would write stands in the steps: a failure costs nothing until the end. */
  private void mergeOnTheWay() {
    try {
      merge();
    } catch (RuntimeException | Error e) {
      LOG.log(
          Level.WARNING,
          "the record of {0} lags behind its steps: {1}",
          lease.traceId(),
          e.getMessage());
      mergeLater();
    }
  }

  private void merge() {
    if (mergeTimer != null) {
      mergeTimer.cancel();
      mergeTimer = null;
    }
    write(stored.job().with(unmerged, clock.now()).withAudit(unmergedLines));
    unmerged.clear();
    unmergedLines.clear();
    unmergedSize = 0;
  }

  /** Writes a later state; a record that somebody deleted stays deleted. */
  private void write(JobRecord later) {
    if (deleted) {
      stored = new Stored(later, stored.version(), stored.size());
      return;
    }
    Update update = kv.records().update(stored, later, deadline());
    Stored written = update.stored();
    if (written != null) {
      stored = written;
    } else if (update.kind() == Update.Kind.FENCED) {
      lease.lose();
      throw lease.lost();
    } else {
      deleted = true;
      stored = new Stored(later, stored.version(), stored.size());
    }
  }

  /** A KPI that was not called because its workflow reported its end already has that as a step of its own. */
  private void joinWhatOthersSaid() {
    List<String> pending = stored.job().pendingIds();
    if (pending.isEmpty() || deleted) {
      return;
    }
    Optional<JobRecord> joined = kv.reader().find(lease.traceId(), deadline());
    joined.ifPresent(job -> pending.stream()
        .map(job.kpis()::get)
        .filter(run -> run != null && run.status() != KpiStatus.PENDING)
        .forEach(unmerged::add));
    if (!unmerged.isEmpty()) {
      merge();
    }
  }

  private void succeeded() {
    failingSince = null;
    backoff.reset();
    if (ending && outcomes.isEmpty()) {
      end.complete(stored.job());
    } else if (ending) {
      // They came while the rest was written.
      work.execute(this::flush);
    }
  }

  /** Is patient, whatever the store says: its operator may be at work on it. */
  private void failed(Throwable failure) {
    long now = clock.nanoTime();
    failingSince = failingSince == null ? Long.valueOf(now) : failingSince;
    boolean patient = now - failingSince < settings.storePatience().toNanos();
    if (!patient || lease.isOver()) {
      fail(failure);
    } else {
      LOG.log(
          Level.WARNING,
          "the progress of {0} could not be stored and is kept: {1}",
          lease.traceId(),
          failure.getMessage());
      clock.after(backoff.next(), () -> work.execute(this::flush));
    }
  }

  private void fail(Throwable failure) {
    end.completeExceptionally(failure);
    refuse();
  }

  private Deadline deadline() {
    return Deadline.in(settings.stepTimeout(), clock);
  }

  /** A KPI that is about to be called. */
  private record Intent(String kpiId, Consumer<Boolean> then) {}
}
