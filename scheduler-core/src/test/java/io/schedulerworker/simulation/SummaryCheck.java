package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.json.JobSummaryJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobSummary;
import io.schedulerworker.model.TraceId;
import java.util.Map;
import java.util.function.Consumer;

/** At last lists show every job as its record says, and no other one. */
final class SummaryCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    Map<String, String> state = end.lastState();
    state.forEach((key, value) -> {
      if (key.startsWith(JobRecord.KEY_PREFIX)) {
        shown(JobSummary.of(JobRecordJson.read(value)), state, fault);
      } else if (key.startsWith(JobSummary.KEY_PREFIX)) {
        TraceId traceId = new TraceId(key.substring(JobSummary.KEY_PREFIX.length()));
        if (!state.containsKey(JobRecord.key(traceId))) {
          fault.accept("lists show " + traceId + ", which has no record");
        }
      }
    });
  }

  private static void shown(JobSummary job, Map<String, String> state, Consumer<String> fault) {
    String shown = state.get(job.key());
    if (!JobSummaryJson.write(job).equals(shown)) {
      fault.accept("lists show " + shown + ", where the record says " + job);
    }
  }
}
