package io.schedulerworker.app.api;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import java.util.List;

/** Keeps a warning for each schedule whose last fire made no job, and for a job whose outcome was lost. */
public final class FireWarnings implements JobListener {
  private static final int LONGEST = 400;
  private static final String STORING = "storing";

  private final Warnings warnings;

  /**
   * Warnings for health.
   *
   * @param warnings where they are kept
   */
  public FireWarnings(Warnings warnings) {
    this.warnings = warnings;
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    warn(topic(fire), fire, "made no job: " + why);
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    warn(failing(fire.schedule()), fire, "failed and is tried again: " + failure.getMessage());
  }

  @Override
  public void firesSettled(ScheduleId schedule) {
    warnings.set(failing(schedule), List.of());
  }

  @Override
  public void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {
    String text =
        "schedule %s is not fired by this process: another one, started later, has it as %s in %s, or with other KPIs, or with another time zone database"
            .formatted(schedule, cron, Zones.shown(zone));
    warnings.set(definition(schedule), List.of(Texts.line(text, LONGEST)));
  }

  @Override
  public void scheduleReinstated(ScheduleId schedule) {
    warnings.set(definition(schedule), List.of());
  }

  private static String definition(ScheduleId schedule) {
    return "definition of " + schedule;
  }

  @Override
  public void jobLost(TraceId traceId, int epoch) {
    warnings.set(
        STORING,
        List.of("the lease of " + traceId
            + " was lost: another process goes on with the job, or somebody deleted it"));
  }

  private void warn(String topic, Fire fire, String what) {
    String text =
        "the last fire of %s, at %s, %s".formatted(fire.schedule(), fire.fireTime(), what);
    warnings.set(topic, List.of(Texts.line(text, LONGEST)));
  }

  @Override
  public void jobCreated(JobRecord job) {
    Fire fire = job.metadata().fire();
    String error = job.metadata().error();
    if (fire != null && error != null) {
      warn(topic(fire), fire, "called nobody: " + error);
    } else if (fire != null) {
      warnings.set(topic(fire), List.of());
    }
  }

  @Override
  public void jobSettled(JobRecord job) {
    warnings.set(STORING, List.of());
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    String text =
        "the outcome of %s could not be stored: %s".formatted(traceId, failure.getMessage());
    warnings.set(STORING, List.of(Texts.line(text, LONGEST)));
  }

  private static String failing(ScheduleId schedule) {
    return "failing fire of " + schedule;
  }

  private static String topic(Fire fire) {
    return "fire of " + fire.schedule();
  }
}
