package io.schedulerworker.app.api;

import io.schedulerworker.model.ScheduleReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a schedule, in lines for a person. */
public final class Silences {
  private static final int SHOWN = 3;

  private Silences() {}

  /**
   * Of one schedule.
   *
   * @param report what was found
   * @return a line for each thing that is wrong; none if all is well
   */
  public static List<String> of(ScheduleReport report) {
    List<String> lines = new ArrayList<>();
    report.overdueSince().ifPresent(since -> lines.add(overdue(report, since)));
    if (!report.lost().isEmpty()) {
      lines.add("schedule %s: nothing is known of what became of %s, though it counts as settled"
          .formatted(report.schedule(), names("the fire at", "the fires at", report.lost())));
    }
    if (!report.calls().stalled().isEmpty()) {
      lines.add(
          "%s of %s: KPIs are left to call, or its record cannot be read, and no process is at it"
              .formatted(names("job", "jobs", report.calls().stalled()), report.schedule()));
    }
    if (!report.calls().missing().isEmpty()) {
      lines.add("%s of %s: there is no record, it was deleted or never written"
          .formatted(names("job", "jobs", report.calls().missing()), report.schedule()));
    }
    return lines;
  }

  private static String overdue(ScheduleReport report, Instant since) {
    String fires = report.overdue() == 1
        ? "the fire at " + since + " is due"
        : "%d fires, the first at %s, are due".formatted(report.overdue(), since);
    return "schedule %s is silent: %s, and no process has decided about it"
        .formatted(report.schedule(), fires);
  }

  private static String names(String one, String several, List<?> all) {
    String shown = all.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
    return (all.size() == 1 ? one : several) + " " + shown + more;
  }
}
