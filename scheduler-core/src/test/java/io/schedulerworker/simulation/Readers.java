package io.schedulerworker.simulation;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.port.KvStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** People who look jobs up, at any replica, and remember what they were told before. */
final class Readers {
  private final Run run;
  private final World world;

  Readers(Run run) {
    this.run = run;
    this.world = run.world;
  }

  void begin(Duration until) {
    if (world.now() < until.toNanos()) {
      look();
      world.after(world.between(Duration.ofSeconds(1), Duration.ofSeconds(20)), () -> begin(until));
    }
  }

  private void look() {
    List<Others.Kept> kept = run.others.kept();
    Optional<Incarnation> replica = run.cluster.any();
    if (kept.isEmpty() || replica.isEmpty()) {
      return;
    }
    // The last ones are those that are still on their way.
    int back = world.random.nextInt(Math.min(kept.size(), 4));
    Others.Kept one = kept.get(kept.size() - 1 - back);
    world.begin(world.now(), replica.get(), () -> look(replica.get(), one));
  }

  private void look(Incarnation replica, Others.Kept kept) {
    try {
      Optional<JobRecord> job = replica.worker().jobs().find(kept.traceId());
      String fault = KeptCheck.fault(job, kept);
      if (fault != null) {
        run.problems.add(replica, "shows " + fault);
      }
    } catch (KvStoreException | Broken e) {
      replica.trace("cannot show ", kept.traceId(), ": ", e.getMessage());
    }
  }
}
