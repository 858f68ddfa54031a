package io.schedulerworker.simulation;

import io.schedulerworker.ScheduleWatch;
import io.schedulerworker.model.ScheduleReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Whoever looks at the store in the end, a stranger too, sees nothing amiss: the watch raises no false alarm. */
final class WatchCheck implements Check {
  private static final Duration GRACE = Duration.ofMinutes(2);
  private static final Duration RETENTION = Duration.ofDays(90);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    ScheduleWatch watch = new ScheduleWatch(
        FrozenStore.of(end.calmState()),
        run.cluster.lastSchedules(),
        new FrozenStore.Standing(end.calmUntil()),
        GRACE,
        RETENTION,
        TIMEOUT);
    List<ScheduleReport> reports = watch.look();
    reports.stream()
        .filter(report -> !report.isWell())
        .forEach(report -> fault.accept("the watch reports " + report));
  }
}
