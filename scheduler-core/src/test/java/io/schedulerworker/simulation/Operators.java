package io.schedulerworker.simulation;

import io.schedulerworker.JobHandle;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.KvStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** People who start jobs by hand, press the button twice, drive again, cancel, pause schedules and resume them. */
final class Operators {
  private static final int REQUESTS = 3;
  private static final int LATELY = 12;

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
            .ifPresent(replica -> world.begin(world.now(), replica, () -> act(replica)));
        begin(until);
      }
    });
  }

  private void act(Incarnation replica) {
    int lot = world.random.nextInt(6);
    if (lot < 2) {
      ask(replica);
    } else if (lot < 4) {
      pauseOrResume(replica);
    } else if (!run.n8n.starts().isEmpty()) {
      steer(replica, Plan.oneOf(world, lately()), lot == 4);
    }
  }

  private List<SimN8n.Start> lately() {
    List<SimN8n.Start> starts = run.n8n.starts();
    return starts.subList(Math.max(0, starts.size() - LATELY), starts.size());
  }

  /** Drives something again of a job, or cancels the job. */
  private void steer(Incarnation replica, SimN8n.Start start, boolean again) {
    try {
      if (again) {
        String by = run.steering.asksToRetry(start.traceId());
        List<String> kpis = world.chance(50) ? List.of() : List.of(start.kpiId());
        JobHandle job = replica.worker().retry(start.traceId(), kpis, by);
        replica.trace("RETRIES ", job.traceId(), " ", kpis, " for ", by);
        run.steering.promised(start.traceId(), by, job.kpiCount());
      } else {
        replica.worker().jobs().cancel(start.traceId(), "an operator");
        replica.trace("CANCELS ", start.traceId());
        run.others.answered("a job cancelled");
      }
    } catch (KvStoreException
        | NoJobException
        | JobRefusedException
        | IllegalStateException
        | Broken e) {
      replica.trace("not steered: ", e.getMessage());
    }
  }

  private void pauseOrResume(Incarnation replica) {
    try {
      ScheduleId id = Plan.oneOf(world, run.cluster.schedules()).id();
      Optional<Ledger> ledger = replica.worker().schedules().find(id);
      if (ledger.isPresent() && ledger.get().pausedSince() == null) {
        replica.worker().schedules().pause(id);
        replica.trace("PAUSED ", id);
        run.incidents.add(replica, world.now(), world.now(), "a pause of a schedule");
      } else {
        replica.worker().schedules().resume(id);
        replica.trace("RESUMED ", id);
      }
    } catch (KvStoreException | Broken e) {
      replica.trace("neither paused nor resumed: ", e.getMessage());
    }
  }

  /** All schedules fire again. */
  void resumeAll() {
    run.cluster
        .any()
        .ifPresent(replica -> world.begin(world.now(), replica, () -> resumeAll(replica)));
  }

  private void resumeAll(Incarnation replica) {
    replica.worker().schedules().all().keySet().forEach(replica.worker().schedules()::resume);
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
    } catch (KvStoreException
        | NoJobException
        | RequestUnderWayException
        | IllegalStateException
        | Broken e) {
      replica.trace("no manual job: ", e.getMessage());
    }
  }
}
