package io.schedulerworker.simulation;

import io.schedulerworker.JobHandle;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.port.KvStoreException;
import java.time.Duration;

/** People who start jobs by hand, and press the button twice. */
final class Operators {
  private static final int REQUESTS = 3;

  private final Run run;
  private final World world;

  Operators(Run run) {
    this.run = run;
    this.world = run.world;
  }

  void begin(Duration until) {
    world.after(world.between(Duration.ofSeconds(20), Duration.ofSeconds(200)), () -> {
      if (world.now() < until.toNanos()) {
        run.cluster
            .any()
            .ifPresent(replica -> world.begin(world.now(), replica, () -> ask(replica)));
        begin(until);
      }
    });
  }

  private void ask(Incarnation replica) {
    try {
      if (world.chance(40)) {
        run.manual.asked();
        JobHandle job = replica.worker().runNow(KpiSelection.all());
        replica.trace("runNow: ", job.traceId());
        run.manual.promised(job.traceId());
      } else {
        String request = "request-" + world.random.nextInt(REQUESTS);
        run.manual.asked(request);
        JobHandle job = replica.worker().runOnce(request, KpiSelection.all());
        replica.trace("runOnce ", request, ": ", job.traceId());
        run.manual.promised(request, job.traceId());
      }
    } catch (KvStoreException | NoJobException | IllegalStateException | Broken e) {
      replica.trace("no manual job: ", e.getMessage());
    }
  }
}
