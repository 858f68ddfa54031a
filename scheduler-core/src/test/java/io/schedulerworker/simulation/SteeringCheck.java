package io.schedulerworker.simulation;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Lease;
import io.schedulerworker.simulation.Histories.LeaseChange;
import io.schedulerworker.simulation.SimN8n.Start;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is driven again was asked for, and the other way round; who is cancelled is not called. */
final class SteeringCheck implements Check {
  private static final String BY_ITSELF = "retry_unfinished";

  /** Whoever cannot renew a lease for as long as it lasts calls nobody; whoever can sees what stands in it. */
  private static final long SEEN_AT_THE_LATEST = 16_000_000_000L;

  @Override
  public void check(Run run, End end, Consumer<String> fault) {
    end.lastState().forEach((key, value) -> {
      if (key.startsWith(JobRecord.KEY_PREFIX)) {
        JobRecord job = JobRecordJson.read(value);
        drives(run, job, text -> fault.accept(job.traceId() + " " + text));
      }
    });
    run.steering.promised().forEach(promise -> promise(end, promise, fault));
    run.n8n.starts().forEach(start -> cancelled(run, end, start, fault));
  }

  private static void drives(Run run, JobRecord job, Consumer<String> fault) {
    List<AuditLine> retries = job.metadata().audit().stream()
        .filter(line -> line.action() == AuditLine.Action.RETRY)
        .toList();
    long byItself = retries.stream().filter(line -> line.by().equals(BY_ITSELF)).count();
    if (byItself > 0 && !run.plan.retryUnfinished()) {
      fault.accept("was driven again by itself, which is not set");
    }
    if (retries.size() - byItself > run.steering.timesAsked(job.traceId())) {
      fault.accept("was driven again more often than was asked for: " + retries);
    }
    for (KpiRun kpi : job.kpis().values()) {
      if (kpi.redrives() > retries.size()) {
        fault.accept(kpi.kpiId() + " has the drive " + kpi.redrives() + " after " + retries);
      }
    }
    for (Start start : run.n8n.starts()) {
      if (start.traceId().equals(job.traceId()) && start.drive() > job.drive(start.kpiId())) {
        fault.accept(start.key() + " was called in a drive that the record does not know");
      }
    }
  }

  private static void promise(End end, Steering.Promise promise, Consumer<String> fault) {
    Optional<AuditLine> line = Optional.ofNullable(
            end.lastState().get(JobRecord.key(promise.traceId())))
        .map(JobRecordJson::read)
        .flatMap(job -> job.metadata().audit().stream()
            .filter(each -> each.by().equals(promise.by()))
            .findFirst());
    if (line.map(AuditLine::kpiCount).orElse(-1) != promise.kpis()) {
      fault.accept(promise + " was promised, and the record has " + line);
    }
  }

  private static void cancelled(Run run, End end, Start start, Consumer<String> fault) {
    long before = start.called() - SEEN_AT_THE_LATEST;
    Lease then = null;
    Lease now = null;
    for (LeaseChange each : end.histories().leases(start.traceId())) {
      then = each.change().time() <= before ? each.after() : then;
      now = each.change().time() <= start.called() ? each.after() : now;
    }
    if (isCancelled(then)
        && isCancelled(now)
        && !run.incidents.sleptUnawares(start.by(), before, start.called())) {
      fault.accept(start.key() + " was called at " + Trace.time(start.called())
          + " although the job had been cancelled long before");
    }
  }

  private static boolean isCancelled(Lease lease) {
    return lease != null && lease.cancelledBy() != null;
  }
}
