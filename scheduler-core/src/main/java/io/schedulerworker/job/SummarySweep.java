package io.schedulerworker.job;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that lists show the jobs that there are: walks down the records, writes the summaries that are missing,
 * corrects those that disagree, removes those whose record is gone. The newest jobs are looked at often, all of them
 * seldom, and a twentieth of the time at most goes into that. Any number of processes may do this at the same time.
 * Thread-safe.
 */
public final class SummarySweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SummarySweep.class.getName());
  private static final Duration BETWEEN_WALKS = Duration.ofMinutes(15);
  private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final int PAUSES = 19;

  private final JobsKv kv;
  private final JobSettings settings;
  private final Clock clock;
  private final RecordWalk walk;
  private final Rounds rounds;

  SummarySweep(JobsKv kv, JobSettings settings, Clock clock, Executor executor) {
    this.kv = kv;
    this.settings = settings;
    this.clock = clock;
    this.walk = new RecordWalk(kv.records(), clock);
    this.rounds = new Rounds(clock, executor, this::round);
  }

  /** Begins to sweep, now and then. Does not block. */
  public void start() {
    rounds.start();
  }

  private Optional<Duration> round() {
    long began = clock.nanoTime();
    boolean whole;
    try {
      whole = lookAtAPage();
    } catch (KvStoreException e) {
      LOG.log(Level.DEBUG, "summaries are looked at later: {0}", e.getMessage());
      return Optional.of(AFTER_A_FAILURE);
    }
    boolean over = whole && walk.isAtTheBeginning();
    return Optional.of(over ? BETWEEN_WALKS : pause(clock.nanoTime() - began));
  }

  private static Duration pause(long took) {
    Duration pause = Duration.ofNanos(took).multipliedBy(PAUSES);
    return pause.compareTo(SHORTEST_PAUSE) > 0 ? pause : SHORTEST_PAUSE;
  }

  /** False if there were too many summaries for it: then there are fewer now, and the page comes once more. */
  private boolean lookAtAPage() {
    KvPage page = walk.next(deadline());
    Optional<String> downTo = page.next().map(RecordWalk::name);
    Map<String, KvEntry> summaries = kv.summaries().between(walk.position(), downTo, deadline());
    boolean whole = summaries.size() < Summaries.MOST_BETWEEN;
    for (KvEntry entry : page.entries()) {
      String name = RecordWalk.name(entry.key());
      KvEntry summary = summaries.remove(name);
      if (whole) {
        look(entry, name, summary);
      }
    }
    summaries.forEach(this::removeIfOrphan);
    if (whole) {
      walk.done(page);
    }
    return whole;
  }

  private void look(KvEntry entry, String name, @Nullable KvEntry summary) {
    try {
      JobSummary job = JobSummary.of(JobRecordJson.read(entry.value()));
      boolean isOfThatName = job.traceId().value().equals(name);
      if (isOfThatName && !isShown(job, Optional.ofNullable(summary))) {
        repair(job);
      }
    } catch (FormatException e) {
      LOG.log(Level.DEBUG, "lists do not show {0}: {1}", entry.key(), e.getMessage());
    }
  }

  private static boolean isShown(JobSummary job, Optional<KvEntry> summary) {
    return summary.flatMap(Summaries::read).filter(job::equals).isPresent();
  }

  private void repair(JobSummary job) {
    TraceId traceId = job.traceId();
    kv.summaries().show(job, deadline());
    Optional<KvEntry> shown = kv.summaries().find(traceId, deadline());
    // Whoever has the job shows how it goes.
    if (shown.isPresent() && !isShown(job, shown) && !kv.leases().exists(traceId, deadline())) {
      correct(traceId, shown.get());
    }
  }

  /**
   * Goes back, if the record did. The record is read after the summary, and a summary is written after its record: so the
   * record is not just about to get there.
   */
  private void correct(TraceId traceId, KvEntry shown) {
    kv.reader()
        .find(traceId, deadline())
        .map(JobSummary::of)
        .filter(job -> !isShown(job, Optional.of(shown)))
        .ifPresent(job -> kv.summaries().replace(shown, job, deadline()));
  }

  private void removeIfOrphan(String name, KvEntry summary) {
    if (!kv.records().exists(name, deadline())) {
      kv.summaries().remove(summary, deadline());
    }
  }

  private Deadline deadline() {
    return Deadline.in(settings.stepTimeout(), clock);
  }

  /** Sweeps no more. May be called again. */
  @Override
  public void close() {
    rounds.close();
  }
}
