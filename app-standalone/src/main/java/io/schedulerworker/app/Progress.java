package io.schedulerworker.app;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar on stderr that fills as KPIs are settled. */
final class Progress implements JobListener, AutoCloseable {
  private final boolean shown;
  private volatile @Nullable ProgressBar bar;

  private Progress(boolean shown) {
    this.shown = shown;
  }

  static Progress on(boolean shown) {
    return new Progress(shown);
  }

  @Override
  public void jobCreated(JobRecord job) {
    begin(job.kpis().size());
  }

  @Override
  public void jobRetried(JobRecord job, int kpis, String by) {
    begin(kpis);
  }

  private void begin(int kpis) {
    if (shown) {
      bar = new ProgressBarBuilder()
          .setTaskName("KPIs")
          .setInitialMax(kpis)
          .setUpdateIntervalMillis(100)
          .build();
    }
  }

  @Override
  public void kpiSettled(TraceId traceId, KpiRun run) {
    ProgressBar now = bar;
    if (now != null) {
      now.step();
    }
  }

  @Override
  public void jobSettled(JobRecord job) {
    close();
  }

  @Override
  public void close() {
    ProgressBar now = bar;
    if (now != null) {
      now.close();
      bar = null;
    }
  }
}
