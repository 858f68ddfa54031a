package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.Histories.LeaseChange;
import io.schedulerworker.simulation.SimStore.Change;
import java.util.List;
import java.util.function.Consumer;

/** Whose lease was taken over writes no more into the record that the next owner has made its own. */
final class EpochCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().leases().forEach((traceId, leases) -> {
      if (leases.stream().anyMatch(each -> each.after() != null && each.after().epoch() > 1)) {
        for (Change change : end.histories().jobs().getOrDefault(traceId, List.of())) {
          step(traceId, change, leases, fault);
        }
      }
    });
  }

  private static void step(
      TraceId traceId, Change change, List<LeaseChange> leases, Consumer<String> fault) {
    boolean rewrites = change.key().startsWith(JobRecord.KEY_PREFIX)
        && change.by() != null
        && change.before() != null
        && change.after() != null;
    if (!rewrites || !isHeldByAnother(change, leases)) {
      return;
    }
    int own = ownEpoch(change, leases);
    int epoch = JobRecordJson.read(change.before()).metadata().epoch();
    if (own > 0 && own < epoch) {
      fault.accept(traceId + " was written at " + Trace.time(change.time()) + " by " + change.by()
          + " of epoch " + own + ", in epoch " + epoch);
    }
  }

  /** The last epoch in which the writer had the lease; 0 if it never had. */
  private static int ownEpoch(Change change, List<LeaseChange> leases) {
    return leases.stream()
        .filter(each -> each.change().number() < change.number())
        .map(LeaseChange::after)
        .filter(lease -> lease != null && change.by().ownerIds.contains(lease.owner()))
        .mapToInt(Lease::epoch)
        .max()
        .orElse(0);
  }

  /** Once the job is over, anybody may clean up. */
  private static boolean isHeldByAnother(Change change, List<LeaseChange> leases) {
    Lease held = null;
    for (LeaseChange each : leases) {
      held = each.change().number() < change.number() ? each.after() : held;
    }
    return held != null && !change.by().ownerIds.contains(held.owner());
  }
}
