package io.schedulerworker.app.api;

import io.schedulerworker.ScheduleWatch;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.app.alerts.Conditions;
import io.schedulerworker.app.alerts.Severity;
import io.schedulerworker.model.ScheduleReport;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every minute whether schedules do what their rules name, by what JOBS_KV says of all processes, and says where they
 * do not: a schedule that is silent shows in health, in the log and in the metrics. Thread-safe.
 */
public final class SilenceWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
  private static final String TOPIC = "watch";
  private static final int MOST_FAILURES = 3;

  private final SchedulerWorker worker;
  private final ScheduleWatch watch;
  private final Warnings warnings;
  private final Consumer<List<ScheduleReport>> seen;
  private final Conditions conditions;
  private final Patrol patrol;
  private int failures;

  /** The schedules that were silent at the last look. */
  private Set<String> silentBefore = Set.of();

  /** Those that were raised. */
  private Set<String> raised = Set.of();

  /**
   * A watch that does not look yet.
   *
   * @param worker knows whether the clock can be gone by
   * @param watch looks at the stores
   * @param warnings where what is wrong is kept
   * @param seen takes what each look found; must not block
   * @param conditions where a schedule that is silent is raised
   * @param threads for looking, which blocks
   * @param clock the time
   */
  public SilenceWatch(
      SchedulerWorker worker,
      ScheduleWatch watch,
      Warnings warnings,
      Consumer<List<ScheduleReport>> seen,
      Conditions conditions,
      Executor threads,
      Clock clock) {
    this.worker = worker;
    this.watch = watch;
    this.warnings = warnings;
    this.seen = seen;
    this.conditions = conditions;
    this.patrol = new Patrol(this::look, threads, clock);
  }

  /** Looks now, and every minute from now on. */
  public void start() {
    patrol.start();
  }

  private synchronized void look() {
    if (worker.clockProblem().isPresent()) {
      // Health says so; what is due cannot be told by this clock.
      return;
    }
    try {
      List<ScheduleReport> reports = watch.look();
      failures = 0;
      seen.accept(reports);
      tell(twiceSilent(reports));
    } catch (KvStoreException e) {
      failed(e);
    }
  }

  /** Once may be a process that is just about to decide, after a start or an outage. */
  private Map<String, List<String>> twiceSilent(List<ScheduleReport> reports) {
    Map<String, List<String>> silent = new TreeMap<>();
    reports.stream()
        .filter(report -> !report.isWell())
        .forEach(report -> silent.put(report.schedule().value(), Silences.of(report)));
    Set<String> now = Set.copyOf(silent.keySet());
    silent.keySet().retainAll(silentBefore);
    silentBefore = now;
    return silent;
  }

  private void tell(Map<String, List<String>> silent) {
    silent.forEach((schedule, lines) -> conditions.raise(
        AlertKind.SCHEDULE_SILENT, schedule, Severity.CRITICAL, String.join("; ", lines)));
    raised.stream()
        .filter(schedule -> !silent.containsKey(schedule))
        .forEach(schedule -> conditions.resolve(AlertKind.SCHEDULE_SILENT, schedule));
    raised = Set.copyOf(silent.keySet());
    tell(silent.values().stream().flatMap(List::stream).toList());
  }

  private void failed(KvStoreException failure) {
    failures++;
    LOG.debug("the schedules could not be watched: {}", failure.getMessage());
    if (failures >= MOST_FAILURES) {
      tell(List.of("whether schedules fire cannot be watched: " + failure.getMessage()));
    }
  }

  private void tell(List<String> found) {
    if (warnings.set(TOPIC, found)) {
      found.forEach(LOG::warn);
    }
  }

  /** Looks no more. May be called again. */
  @Override
  public void close() {
    patrol.close();
  }
}
