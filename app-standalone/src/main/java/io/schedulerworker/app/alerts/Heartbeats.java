package io.schedulerworker.app.alerts;

import io.schedulerworker.app.outbox.Lane;
import io.schedulerworker.app.outbox.Letter;
import io.schedulerworker.app.outbox.Outbox;
import io.schedulerworker.app.outbox.Patience;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells a watchdog of each schedule, in the convention of healthchecks.io, that its jobs begin and what they come to. Jobs
 * by hand are not told of. Thread-safe; does not block.
 */
public final class Heartbeats implements JobListener {
  private static final Patience PATIENCE =
      new Patience(10, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5), true);

  /** A store that fails for a moment fails no fire. */
  private static final Duration FAILING = Duration.ofMinutes(1);

  private static final String CONTENT_TYPE = "text/plain; charset=utf-8";
  private static final int LONGEST = 300;

  private final Map<ScheduleId, Watchdog> watchdogs =
      new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
  private final boolean endsAreAwaited;
  private final Lasting failing;

  /** Who is told of a schedule, and how. */
  private record Watchdog(URI url, Lane lane) {}

  /**
   * Heartbeats for some schedules.
   *
   * @param urls whom to tell, by schedule
   * @param endsAreAwaited whether jobs whose calls are settled are known to end at some time; else they are told of as
   *     soon as they are settled
   * @param outbox delivers
   * @param clock the time
   */
  public Heartbeats(Map<ScheduleId, URI> urls, boolean endsAreAwaited, Outbox outbox, Clock clock) {
    this.endsAreAwaited = endsAreAwaited;
    this.failing = new Lasting(FAILING, clock);
    urls.forEach((id, url) -> watchdogs.put(
        id, new Watchdog(url, outbox.lane("heartbeats of " + id, PATIENCE, () -> {}))));
  }

  @Override
  public void jobCreated(JobRecord job) {
    tell(job, HeartbeatUrl.Signal.START, "began: " + JobWords.kpis(job.kpis().size()));
  }

  @Override
  public void jobSettled(JobRecord job) {
    if (job.status().isTerminal()) {
      ended(job);
    } else if (!endsAreAwaited) {
      boolean accepted = job.failedKpis() == 0;
      tell(
          job,
          accepted ? HeartbeatUrl.Signal.SUCCESS : HeartbeatUrl.Signal.FAIL,
          "every call is settled: %s, %d failed"
              .formatted(JobWords.kpis(job.kpis().size()), job.failedKpis()));
    }
  }

  @Override
  public void jobEnded(JobRecord job) {
    if (endsAreAwaited) {
      ended(job);
    }
  }

  private void ended(JobRecord job) {
    boolean completed = job.status() == JobStatus.COMPLETED;
    tell(
        job,
        completed ? HeartbeatUrl.Signal.SUCCESS : HeartbeatUrl.Signal.FAIL,
        job.status().text() + ": " + JobWords.numbers(job));
  }

  private void tell(JobRecord job, HeartbeatUrl.Signal signal, String what) {
    Fire fire = job.metadata().fire();
    if (fire != null) {
      tell(fire, job.traceId(), signal, what + ", " + job.traceId());
    }
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    switch (reason) {
      case REGISTRY, NO_ACTIVE_KPI, UNKNOWN_KPI -> failed(fire, "no job: " + why);
      case OVERLAP, PAUSED, WINDOW_OVER -> {
        // That is as somebody wanted it, or a watchdog has noticed it by itself.
      }
    }
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    failing.begins(
        fire.schedule().value(),
        () -> failed(fire, "the fire fails and is tried again: " + failure.getMessage()));
  }

  @Override
  public void firesSettled(ScheduleId schedule) {
    failing.ends(schedule.value());
  }

  private void failed(Fire fire, String what) {
    if (!fire.isManual()) {
      tell(fire, fire.traceId(0), HeartbeatUrl.Signal.FAIL, what);
    }
  }

  private void tell(Fire fire, TraceId traceId, HeartbeatUrl.Signal signal, String what) {
    Watchdog watchdog = watchdogs.get(fire.schedule());
    if (watchdog != null) {
      URI url = HeartbeatUrl.of(watchdog.url(), signal, traceId);
      String body = Texts.line(what, LONGEST);
      watchdog.lane().offer(new Letter(url, CONTENT_TYPE, dropped -> body, () -> {}));
    }
  }

  /** Tells nothing more by itself. */
  public void close() {
    failing.close();
  }
}
