package io.schedulerworker.simulation;

import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.simulation.Histories.LeaseChange;
import java.util.function.Consumer;

/** A lease changes hands only when its owner gave it up, or was silent for its whole duration, and had a reason to be. */
final class LeaseCheck implements Check {
  /** A renewal may still be under way when its owner lets go. */
  private static final long UNDER_WAY = 8_000_000_000L;

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.histories().leases().forEach((traceId, changes) -> {
      LeaseChange first = null;
      LeaseChange last = null;
      for (LeaseChange change : changes) {
        if (change.before() == null) {
          first = change;
        } else if (change.after() != null) {
          step(run, traceId, isRevived(first), last, change, fault);
        }
        last = change;
      }
    });
  }

  private static void step(
      Run run,
      TraceId traceId,
      boolean revived,
      LeaseChange last,
      LeaseChange change,
      Consumer<String> fault) {
    Lease before = change.before();
    Lease after = change.after();
    String where = "lease of " + traceId + " at " + Trace.time(change.change().time()) + ": ";
    if (after.sequence() != before.sequence() + 1 && !isClaimedAgain(before, after)) {
      fault.accept(where + "overwritten, " + before + " by " + after);
    }
    if (after.epoch() == before.epoch()) {
      if (!after.owner().equals(before.owner())) {
        fault.accept(where + "two owners in one epoch, " + before + " and " + after);
      }
    } else if (!before.handedOver()) {
      takeover(run, where, revived, last, change, fault);
    }
  }

  /** Whether its owner, who does not know that it has it, claims it once more. */
  private static boolean isClaimedAgain(Lease before, Lease after) {
    return after.owner().equals(before.owner())
        && after.epoch() == 1
        && !before.recorded()
        && after.sequence() > before.sequence();
  }

  private static void takeover(
      Run run,
      String where,
      boolean revived,
      LeaseChange last,
      LeaseChange change,
      Consumer<String> fault) {
    long renewed = last.change().time();
    long taken = change.change().time();
    if (revived) {
      return;
    }
    if (taken - renewed < change.before().duration().toNanos()) {
      fault.accept(where + "taken " + (taken - renewed) / 1_000_000 + " ms after it was renewed");
    }
    run.cluster
        .ofOwner(change.before().owner())
        .filter(owner -> !run.incidents.hit(owner, renewed - UNDER_WAY, taken))
        .ifPresent(owner -> fault.accept(where + owner + " lost it, although it was well"));
  }

  /**
   * Whether a claim came up again that was sent long ago. Nobody believes to hold it; it looks as it did before, so that
   * who saw it then may not notice that it was gone; and it begins below the record's epoch, so that who takes it over
   * lets go of it until it has caught up.
   */
  private static boolean isRevived(LeaseChange change) {
    return change.before() == null && change.again() && change.after().epoch() == 1;
  }
}
