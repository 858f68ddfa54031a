package io.schedulerworker.job;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * @throws io.schedulerworker.port.KvStoreException if a store fails: to be tried again
   */
  void finish(HeldLease lease, Deadline deadline) {
    Fire fire = lease.lease().fire();
    if (fire.isManual()) {
      maker.beginNothing(lease, GONE + "; start it again", deadline);
      return;
    }
    Optional<KpiSelection> selection = fates.selection(fire.schedule());
    if (selection.isPresent()) {
      finish(lease, selection.get(), deadline);
    } else {
      String why = GONE + ", and this one has no schedule \"" + fire.schedule() + "\"";
      maker.beginNothing(lease, why, deadline);
    }
  }

  private void finish(HeldLease lease, KpiSelection selection, Deadline deadline) {
    try {
      List<Kpi> kpis = maker.select(selection, deadline);
      if (!isItsFate(lease, deadline) || maker.begin(lease, kpis, deadline).isEmpty()) {
        lease.end(storeTimeout);
      }
    } catch (NoJobException e) {
      finishWithNobody(lease, e, deadline);
    }
  }

  private void finishWithNobody(HeldLease lease, NoJobException why, Deadline deadline) {
    if (!maker.skip(lease.lease().fire(), why, fates, deadline) && isItsFate(lease, deadline)) {
      maker.beginNothing(lease, GONE + ", and now there is nobody: " + why.getMessage(), deadline);
    } else {
      lease.end(storeTimeout);
    }
  }

  private boolean isItsFate(HeldLease lease, Deadline deadline) {
    return fates.claim(lease.lease().fire(), lease.traceId(), lease.lease().claimant(), deadline);
  }
}
