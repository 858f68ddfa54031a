package io.schedulerworker.simulation;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A fire has a job if and only if its fate says so. */
final class FateCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    Map<String, Map<Instant, TraceId>> fires = firesWithRecord(end, fault);
    Set<TraceId> ofFates = new HashSet<>();
    end.histories().ledgers().forEach((key, changes) -> {
      Map<Instant, TraceId> records =
          fires.getOrDefault(key.substring("schedule:".length()), Map.of());
      for (Fate fate : fates(changes)) {
        TraceId record = records.get(fate.fireTime());
        if (fate.job() == null && record != null) {
          fault.accept(key + ": " + fate + " has the job " + record);
        } else if (fate.job() != null && !fate.job().equals(record)) {
          fault.accept(key + ": " + fate + " has no record, but " + record);
        }
        ofFates.add(fate.job());
      }
    });
    end.histories().firstRecords().forEach((traceId, job) -> {
      if (isScheduled(job) && !ofFates.contains(traceId)) {
        fault.accept(traceId + " is no fire's fate");
      }
    });
  }

  private static Set<Fate> fates(List<Change> changes) {
    Set<Fate> all = new HashSet<>();
    for (Change change : changes) {
      if (change.after() != null) {
        all.addAll(LedgerJson.read(change.after()).fates());
      }
    }
    return all;
  }

  private static Map<String, Map<Instant, TraceId>> firesWithRecord(
      End end, Consumer<String> fault) {
    Map<String, Map<Instant, TraceId>> fires = new HashMap<>();
    end.histories().firstRecords().forEach((traceId, job) -> {
      if (isScheduled(job)) {
        Fire fire = job.metadata().fire();
        TraceId other = fires
            .computeIfAbsent(fire.schedule().value(), id -> new HashMap<>())
            .putIfAbsent(fire.fireTime(), traceId);
        if (other != null) {
          fault.accept(fire + " has two jobs, " + traceId + " and " + other);
        }
      }
    });
    return fires;
  }

  private static boolean isScheduled(JobRecord job) {
    return job.metadata().fire() != null && !job.metadata().fire().isManual();
  }
}
