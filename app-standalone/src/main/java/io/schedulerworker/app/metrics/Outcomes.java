package io.schedulerworker.app.metrics;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import java.util.Locale;

/** What became of a call, as a label value: one of a few words. */
final class Outcomes {
  private Outcomes() {}

  static String label(TriggerOutcome outcome) {
    if (outcome instanceof NotNow notNow) {
      return notNow.obstacle().name().toLowerCase(Locale.ROOT);
    }
    if (outcome instanceof Accepted) {
      return "accepted";
    }
    if (outcome instanceof Refused) {
      return "refused";
    }
    return outcome instanceof WorkflowFailed ? "workflow_failed" : "unknown";
  }
}
