package io.schedulerworker.job;

import io.schedulerworker.dispatch.Admission;
import io.schedulerworker.model.Delivery;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lets a call of a job pass while the lease is held and nobody has cancelled the job: after a repeat has been found to be needed, and, where nothing may
 * be called twice, after the intent has been written down.
 */
final class JobAdmission implements Admission {
  private final HeldLease lease;
  private final Journal journal;
  private final RepeatCheck repeats;
  private final BooleanSupplier isCancelled;
  private final boolean atMostOnce;

  JobAdmission(HeldLease lease, Journal journal, RepeatCheck repeats, BooleanSupplier isCancelled) {
    this.lease = lease;
    this.journal = journal;
    this.repeats = repeats;
    this.isCancelled = isCancelled;
    this.atMostOnce = lease.lease().delivery() == Delivery.AT_MOST_ONCE;
  }

  @Override
  public boolean isSure(boolean repeat) {
    return !repeat && !atMostOnce && !isCancelled.getAsBoolean() && lease.isHeld();
  }

  @Override
  public void ask(String kpiId, boolean repeat, Consumer<Boolean> answer) {
    // The lease is looked at last of all: writing and reading take time, in which it may be lost.
    if (isCancelled.getAsBoolean()) {
      answer.accept(false);
    } else if (repeat) {
      repeats.ask(kpiId, needed -> passIf(needed, answer));
    } else if (atMostOnce) {
      lease.whenHeld(held -> intend(kpiId, held, answer));
    } else {
      lease.whenHeld(answer);
    }
  }

  private void intend(String kpiId, boolean held, Consumer<Boolean> answer) {
    if (held) {
      journal.intend(kpiId, noted -> passIf(noted, answer));
    } else {
      answer.accept(false);
    }
  }

  private void passIf(boolean mayPass, Consumer<Boolean> answer) {
    if (mayPass) {
      lease.whenHeld(answer);
    } else {
      answer.accept(false);
    }
  }
}
