package io.schedulerworker.simulation;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.simulation.Trouble.Blow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** n8n as one process reaches it. */
final class ReplicaTrigger implements WorkflowTrigger {
  /** What aims at calls of n8n name where others name a key. */
  static final String KEY = "n8n";

  private final Run run;
  private final Incarnation me;

  ReplicaTrigger(Run run, Incarnation me) {
    this.run = run;
    this.me = me;
  }

  @Override
  public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
    me.checkAlive();
    Blow blow = run.trouble.blow(KEY);
    if (blow == Blow.CRASH_BEFORE) {
      me.crash("a crash");
      throw new Crashed();
    }
    CompletableFuture<TriggerOutcome> outcome = new CompletableFuture<>();
    run.n8n.receive(me, request, run.world.now(), outcome::complete);
    if (blow == Blow.CRASH_AFTER_SENDING) {
      me.crash("a crash");
      throw new Crashed();
    }
    if (blow != null) {
      // The process stops once it has sent; the answer waits for it.
      me.pause(run.pauseLength());
    }
    return outcome;
  }

  @Override
  public void close() {
    throw new AssertionError("the trigger is not the scheduler's to close");
  }
}
