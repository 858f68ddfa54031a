package io.schedulerworker.simulation;

import io.schedulerworker.JobStore;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.Completion;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.port.KvStoreException;
import java.time.Duration;

/** Workflows that report their end to the scheduler: early, late, at any replica, more than once. */
final class Reporters {
  private final Run run;
  private final World world;
  private boolean ended;

  Reporters(Run run) {
    this.run = run;
    this.world = run.world;
  }

  void begin() {
    run.n8n.watch(start -> {
      if (Others.reportsByCallback(start.kpiId()) && world.chance(60)) {
        KpiStatus status = world.chance(80) ? KpiStatus.COMPLETED : KpiStatus.FAILED;
        reportLater(start, status);
        if (world.chance(25)) {
          reportLater(start, world.chance(80) ? status : KpiStatus.FAILED);
        }
      }
    });
  }

  void end() {
    ended = true;
  }

  private void reportLater(SimN8n.Start start, KpiStatus status) {
    Duration work = world.chance(50)
        ? world.between(Duration.ofMillis(1), Duration.ofMillis(200))
        : world.between(Duration.ofMillis(200), Duration.ofSeconds(50));
    world.after(work, () -> {
      if (!ended) {
        run.cluster
            .any()
            .ifPresent(
                replica -> world.begin(world.now(), replica, () -> report(replica, start, status)));
      }
    });
  }

  private void report(Incarnation replica, SimN8n.Start start, KpiStatus status) {
    String error = status == KpiStatus.FAILED ? "the workflow says so" : null;
    JobStore jobs = replica.worker().jobs();
    // Who does not say which drive it is about is about the latest, whatever that is by then.
    boolean says = world.chance(60);
    int drive = says ? start.drive() : latestDrive(start);
    try {
      Completion said = says
          ? jobs.complete(start.traceId(), start.kpiId(), drive, status, error)
          : jobs.complete(start.traceId(), start.kpiId(), status, error);
      told(replica, start, status, drive, said);
    } catch (KvStoreException | Broken e) {
      replica.trace("callback ", start.traceId(), " ", start.kpiId(), ": ", e.getMessage());
    }
  }

  /** As the record has it, with what plain writers make of it: never later than it is. */
  private int latestDrive(SimN8n.Start start) {
    return run.store
        .get(JobRecord.key(start.traceId()))
        .map(entry -> JobRecordJson.read(entry.value()).drive(start.kpiId()))
        .orElse(0);
  }

  private void told(
      Incarnation replica, SimN8n.Start start, KpiStatus status, int drive, Completion said) {
    replica.trace("callback ", start.traceId(), " ", start.kpiId(), " ", status, ": ", said);
    run.others.answered("callback " + said);
    if (said == Completion.RECORDED || said == Completion.REPEATED) {
      run.others.keep(new Others.Kept(
          world.now(),
          run.store.history().size(),
          start.traceId(),
          start.kpiId(),
          status,
          drive,
          false));
    }
    if (said == Completion.UNKNOWN) {
      run.problems.add(
          replica,
          "does not know " + start.traceId() + " " + start.kpiId()
              + ", which n8n was asked to start");
    }
  }
}
