package io.schedulerworker.app;

import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How somebody who watches sees a job. */
interface WatchView extends AutoCloseable {
  /** Shows it, as it is for the first time or after a change. */
  void show(JobRecord job, StatusCounts counts);

  @Override
  default void close() {}

  /** A JSON object a line, of the shape that lists have. */
  static WatchView json(PrintWriter out) {
    return (job, counts) -> out.println(PlainJson.of(JobSummaryJson.writeItem(JobSummary.of(job))));
  }

  /** A line for each change. */
  static WatchView lines(PrintWriter out) {
    return (job, counts) -> out.printf(
        "%s %s %s, KPIs %s%n", job.updatedAt(), job.traceId(), job.status().text(), counts);
  }

  /** A bar on stderr that fills as KPIs come to their ends. */
  static WatchView bar() {
    return new Bar();
  }

  /** As above. */
  final class Bar implements WatchView {
    private @Nullable ProgressBar bar;

    private Bar() {}

    @Override
    public void show(JobRecord job, StatusCounts counts) {
      ProgressBar shown = bar == null ? begin(job) : bar;
      bar = shown;
      shown.setExtraMessage(" " + counts);
      shown.stepTo(job.counts().settled());
    }

    private static ProgressBar begin(JobRecord job) {
      return new ProgressBarBuilder()
          .setTaskName("KPIs")
          .setInitialMax(job.kpis().size())
          .setUpdateIntervalMillis(200)
          .hideEta()
          .build();
    }

    @Override
    public void close() {
      ProgressBar shown = bar;
      bar = null;
      if (shown != null) {
        shown.close();
      }
    }
  }
}
