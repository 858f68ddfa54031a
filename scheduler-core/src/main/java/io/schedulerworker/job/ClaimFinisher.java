package io.schedulerworker.job;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.Optional;

/**
 * Finishes claims whose claimants are gone: there is a lease, and no record. It fixes no fates. Whether a fire still has
 * its turn, those know who look at the clock, the policy and the pauses: where the claimant did not come to fix that the
 * fire is this job, the fire is left to them, as if it had not been claimed.
 */
final class ClaimFinisher {
  private static final String GONE =
      "the process that made this job ended before it had noted whom to call";

  private final JobMaker maker;
  private final Fates fates;
  private final Duration storeTimeout;

  ClaimFinisher(JobMaker maker, Fates fates, Duration storeTimeout) {
    this.maker = maker;
    this.fates = fates;
    this.storeTimeout = storeTimeout;
  }

  /**
   * Makes the job, or ends the claim without one.
   *
   * @return false if there is a record after all, late by a slow claimant: it is to be gone on with
   * @throws io.schedulerworker.port.KvStoreException if a store fails: to be tried again
   */
  boolean finish(HeldLease lease, Deadline deadline) {
    Fire fire = lease.lease().fire();
    if (fire.isManual()) {
      return maker.beginNothing(lease, GONE + "; start it again", deadline);
    }
    if (fates.abandon(fire, lease.traceId(), lease.lease().claimant(), deadline)) {
      lease.end(storeTimeout);
      return true;
    }
    Optional<KpiSelection> selection = fates.selection(fire.schedule());
    if (selection.isPresent()) {
      return begin(lease, selection.get(), deadline);
    }
    String why = GONE + ", and this one has no schedule \"" + fire.schedule() + "\"";
    return maker.beginNothing(lease, why, deadline);
  }

  /**
   * Ends a claim that nobody can finish.
   *
   * @return false if there is a record
   * @throws io.schedulerworker.port.KvStoreException if a store fails: to be tried again
   */
  boolean giveUp(HeldLease lease, String why, Deadline deadline) {
    return maker.beginNothing(lease, why, deadline);
  }

  private boolean begin(HeldLease lease, KpiSelection selection, Deadline deadline) {
    try {
      return maker.begin(lease, maker.select(selection, deadline), deadline).isPresent();
    } catch (NoJobException e) {
      String why = GONE + ", and now there is nobody: " + e.getMessage();
      return maker.beginNothing(lease, why, deadline);
    }
  }
}
