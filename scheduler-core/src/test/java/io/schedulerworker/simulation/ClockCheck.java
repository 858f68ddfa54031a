package io.schedulerworker.simulation;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.simulation.SimStore.Change;
import java.time.Instant;
import java.util.function.Consumer;

/** Nobody decides about fires that are not due by any clock that may be right. */
final class ClockCheck implements Check {
  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().ledgers().forEach((key, changes) -> {
      for (Change change : changes) {
        Instant latest =
            World.START.plusNanos(change.time()).plus(Cluster.MOST_OFF).plusSeconds(1);
        if (change.after() != null && isBeyond(LedgerJson.read(change.after()), latest)) {
          fault.accept("%s at %s: goes by a clock that was far ahead: %s"
              .formatted(key, Trace.time(change.time()), change.after()));
        }
      }
    });
  }

  private static boolean isBeyond(Ledger ledger, Instant latest) {
    return ledger.openAfter().isAfter(latest);
  }
}
