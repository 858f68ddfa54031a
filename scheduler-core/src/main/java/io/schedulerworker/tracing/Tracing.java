package io.schedulerworker.tracing;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.WorkflowTrigger;
import java.util.List;

/**
 * What a scheduler is built with, so that its work shows as spans.
 *
 * @param trigger calls the webhooks; nobody needs to close it, but whoever gave the one within
 * @param listeners are to be told what happens
 */
public record Tracing(WorkflowTrigger trigger, List<JobListener> listeners) {
  private static final String API = "io.opentelemetry.api.GlobalOpenTelemetry";

  /**
   * Spans by OpenTelemetry, if its API is there; else the trigger as it is, and nobody to tell.
   *
   * @param trigger calls the webhooks
   * @param clock times the spans
   * @return both
   */
  public static Tracing around(WorkflowTrigger trigger, Clock clock) {
    if (!isThere()) {
      return new Tracing(trigger, List.of());
    }
    JobSpans jobs = new JobSpans(clock);
    return new Tracing(new TracedTrigger(trigger, jobs, clock), List.of(jobs));
  }

  private static boolean isThere() {
    try {
      // Old versions lack it, and without it a look would keep an SDK that comes later from being
      // used.
      Class.forName(API, false, Tracing.class.getClassLoader()).getMethod("getOrNoop");
      return true;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
