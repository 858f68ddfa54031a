package io.schedulerworker.app;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Texts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job for a person: what is to be known of it as a whole, then a line for each KPI, what went wrong first. */
final class JobTable {
  private static final int LONGEST_ID = 80;
  private static final int LONGEST_ERROR = 300;
  private static final List<KpiStatus> ORDER = List.of(
      KpiStatus.FAILED,
      KpiStatus.TIMED_OUT,
      KpiStatus.PENDING,
      KpiStatus.TRIGGERED,
      KpiStatus.COMPLETED);

  private final JobRecord job;
  private final int width;
  private final boolean redriven;

  private JobTable(JobRecord job, int width) {
    this.job = job;
    this.width = width;
    this.redriven = job.kpis().values().stream().anyMatch(run -> run.redrives() > 0);
  }

  /**
   * Prints it.
   *
   * @param most how many KPIs
   * @param width of the longest line
   */
  static void print(JobRecord job, int most, int width, PrintWriter out) {
    JobTable table = new JobTable(job, width);
    table.printHead(out);
    if (!job.kpis().isEmpty()) {
      out.println();
      table.printRuns(most, out);
    }
  }

  private void printHead(PrintWriter out) {
    Table head = new Table();
    head.add(List.of("trace id", job.traceId().value()));
    head.add(List.of("status", job.status().text()));
    head.add(List.of("schedule", schedule(job.metadata().fire())));
    head.add(List.of("created", job.createdAt().toString()));
    head.add(List.of("updated", job.updatedAt().toString()));
    head.add(List.of("KPIs", StatusCounts.of(job).toString()));
    String error = job.metadata().error();
    if (error != null) {
      head.add(List.of("error", Texts.line(error, LONGEST_ERROR)));
    }
    head.print(out, width);
  }

  private static String schedule(@Nullable Fire fire) {
    if (fire == null) {
      return "-";
    }
    return fire.isManual() ? "manual" : fire.schedule() + ", fire of " + fire.fireTime();
  }

  private void printRuns(int most, PrintWriter out) {
    Collection<KpiRun> runs = job.kpis().values();
    Table table = new Table();
    table.add(cells("KPI", "STATUS", "HTTP", "MS", "RETRIES", "REDRIVES", "ERROR"));
    runs.stream()
        .sorted(Comparator.comparingInt(run -> ORDER.indexOf(run.status())))
        .limit(most)
        .map(this::cells)
        .forEach(table::add);
    table.print(out, width);
    if (runs.size() > most) {
      out.printf("… and %d more: --all, or --json%n", runs.size() - most);
    }
  }

  private List<String> cells(KpiRun run) {
    return cells(
        Texts.line(run.kpiId(), LONGEST_ID),
        run.status().text(),
        Objects.toString(run.httpStatus(), "-"),
        Objects.toString(run.responseTime(), "-"),
        String.valueOf(run.retryCount()),
        String.valueOf(run.redrives()),
        run.error() == null ? "" : Texts.line(run.error(), LONGEST_ERROR));
  }

  private List<String> cells(
      String id,
      String status,
      String http,
      String millis,
      String retries,
      String redrives,
      String error) {
    List<String> cells = new ArrayList<>(List.of(id, status, http, millis, retries));
    if (redriven) {
      cells.add(redrives);
    }
    cells.add(error);
    return cells;
  }
}
