package io.schedulerworker.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** At last no job is on its way, nothing is left over, and every record agrees with itself. */
final class EndCheck implements Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.lastState().forEach((key, value) -> {
      if (key.startsWith(Lease.KEY_PREFIX)) {
        fault.accept("a job is stuck: " + key + " is left over, " + value);
      } else if (key.startsWith(Step.KEY_PREFIX)) {
        fault.accept("never cleaned up: " + key);
      } else if (key.startsWith(JobRecord.KEY_PREFIX)) {
        record(key, value, end.histories().lastByOurs(key), fault);
      }
    });
  }

  private static void record(String key, String value, boolean byUs, Consumer<String> fault) {
    try {
      record(JSON.readTree(value), byUs, text -> fault.accept(key + ": " + text));
    } catch (JsonProcessingException e) {
      fault.accept(key + " is no JSON: " + value);
    }
  }

  /** Other writers do not count; what they leave uncounted, our next write counts. */
  private static void record(JsonNode job, boolean byUs, Consumer<String> fault) {
    Map<String, Integer> counts = new HashMap<>();
    job.get("kpis").forEach(kpi -> counts.merge(kpi.get("status").asText(), 1, Integer::sum));
    int total = job.get("kpis").size();
    int completed = counts.getOrDefault("completed", 0);
    int timedOut = counts.getOrDefault("timed_out", 0);
    int failed = counts.getOrDefault("failed", 0) + timedOut;
    if (counts.containsKey("pending")) {
      fault.accept("a job is stuck: " + counts);
    }
    if (!byUs) {
      return;
    }
    JsonNode metadata = job.get("metadata");
    if (metadata.get("totalKPIs").asInt() != total
        || metadata.get("completedKPIs").asInt() != completed
        || metadata.get("failedKPIs").asInt() != failed) {
      fault.accept("the counters " + metadata + " disagree with " + counts);
    }
    String status = status(total, completed, failed, timedOut);
    if (!counts.containsKey("pending") && !job.get("status").asText().equals(status)) {
      fault.accept("is " + job.get("status") + ", and should be " + status + " with " + counts);
    }
  }

  private static String status(int total, int completed, int failed, int timedOut) {
    if (completed + failed < total) {
      return "in_progress";
    }
    if (completed > 0) {
      return completed == total ? "completed" : "partial";
    }
    return timedOut > 0 ? "timed_out" : "failed";
  }
}
