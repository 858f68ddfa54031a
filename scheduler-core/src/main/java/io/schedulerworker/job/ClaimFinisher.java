package io.schedulerworker.job;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finishes claims whose claimants are gone: there is a lease, and no record. */
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
    Optional<KpiSelection> selection = fates.selection(fire.schedule());
    if (selection.isPresent()) {
      return finish(lease, selection.get(), deadline);
    }
    String why = GONE + ", and this one has no schedule \"" + fire.schedule() + "\"";
    return finishWithNobody(lease, why, deadline);
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

  private boolean finish(HeldLease lease, KpiSelection selection, Deadline deadline) {
    try {
      List<Kpi> kpis = maker.select(selection, deadline);
      if (isItsFate(lease, deadline)) {
        return maker.begin(lease, kpis, deadline).isPresent();
      }
      lease.end(storeTimeout);
      return true;
    } catch (NoJobException e) {
      if (maker.skip(lease.lease().fire(), e, fates, deadline)) {
        lease.end(storeTimeout);
        return true;
      }
      String why = GONE + ", and now there is nobody: " + e.getMessage();
      return finishWithNobody(lease, why, deadline);
    }
  }

  /** A fire that has another fate, or none yet, is no concern of this claim any more. */
  private boolean finishWithNobody(HeldLease lease, String why, Deadline deadline) {
    if (isItsFate(lease, deadline)) {
      return maker.beginNothing(lease, why, deadline);
    }
    lease.end(storeTimeout);
    return true;
  }

  private boolean isItsFate(HeldLease lease, Deadline deadline) {
    Fire fire = lease.lease().fire();
    String claimant = lease.lease().claimant();
    BooleanSupplier held = () -> lease.isStillOurs(deadline);
    return fates.claim(fire, lease.traceId(), claimant, held, deadline)
        || !fates.abandon(fire, lease.traceId(), claimant, deadline);
  }
}
