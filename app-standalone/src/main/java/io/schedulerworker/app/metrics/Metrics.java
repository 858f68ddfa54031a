package io.schedulerworker.app.metrics;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.app.alerts.AlertMeter;
import io.schedulerworker.app.alerts.AlertStatus;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.ScheduleReport;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a service. What happens before they are {@linkplain #begin begun}, and until that is done, is counted
 * then: so that a service is ready before the many classes behind its metrics are loaded. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  private final Clock clock;
  private final Late<Meters> meters = new Late<>();
  private final MetricsListener listener;

  /**
   * Metrics without a scheduler yet.
   *
   * @param clock times what needs timing
   */
  public Metrics(Clock clock) {
    this.clock = clock;
    this.listener = new MetricsListener(meters, clock);
  }

  /**
   * Counts and times what happens to jobs.
   *
   * @return to be told by the scheduler
   */
  public JobListener listener() {
    return listener;
  }

  /**
   * A store whose calls are timed.
   *
   * @param name the label of its calls, one of a few
   * @param store does the work
   * @return the store to use in its place; closing it closes the store
   */
  public KvStore store(String name, KvStore store) {
    return new MeteredStore(name, store, clock, meters);
  }

  /**
   * Counts alerts.
   *
   * @return to be told by whoever sends them
   */
  public AlertMeter alerts() {
    return new AlertMeter() {
      @Override
      public void sent(AlertKind kind, AlertStatus status) {
        meters.with(each -> each.alerts().sent(kind, status));
      }

      @Override
      public void failed() {
        meters.with(each -> each.alerts().failed());
      }
    };
  }

  /**
   * Makes the meters, on another thread.
   *
   * @param worker what the gauges look at
   * @param fired the schedules that this process fires
   * @param version of this program
   * @param threads runs what takes a while
   */
  public void begin(
      SchedulerWorker worker, List<ScheduleId> fired, String version, Executor threads) {
    threads.execute(() -> {
      try {
        meters.arrived(new Meters(worker, fired, listener, version, clock));
      } catch (RuntimeException | Error e) {
        meters.failed(e);
      }
    });
  }

  /**
   * Shows what a look at the schedules found. Does not block.
   *
   * @param reports an element for each schedule
   */
  public void watched(List<ScheduleReport> reports) {
    meters.with(each -> each.watch().saw(reports));
  }

  /**
   * All metrics as they are, or as they are once they are there.
   *
   * @param accept what the client's header {@code Accept} says; null if there is none
   * @return the metrics; never waits
   */
  public CompletionStage<Exposition> scrape(@Nullable String accept) {
    return meters.stage().thenApply(each -> each.scrape(Exposition.format(accept)));
  }

  @Override
  public void close() {
    meters.with(Meters::close);
  }
}
