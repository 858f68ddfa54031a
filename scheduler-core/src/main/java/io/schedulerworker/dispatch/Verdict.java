package io.schedulerworker.dispatch;

import io.schedulerworker.model.KpiRun;
import java.time.Duration;

/** What follows from the end of an attempt. */
sealed interface Verdict {
  /** No further call. */
  record Settle(KpiRun run) implements Verdict {}

  /** The same call again, after a while. */
  record Again(Duration delay) implements Verdict {}
}
