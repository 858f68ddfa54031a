package io.schedulerworker;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.IdGenerator;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A scheduler on simulated time and stores that a test looks into. */
abstract class WorkerTestBase {
  static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  static final Duration STEP = Duration.ofSeconds(1);
  static final ScheduleId DAILY = new ScheduleId("daily");
  static final TriggerOutcome OK = new TriggerOutcome.Accepted(200);

  final SimulatedClock clock = new SimulatedClock(NOON.minusSeconds(90));
  final ManualExecutor executor = new ManualExecutor();
  final PlainStore config = new PlainStore();
  final PlainStore jobs = new PlainStore();
  final Events events = new Events();
  final HeldTrigger trigger = new HeldTrigger();
  final Deque<String> suffixes = new ArrayDeque<>(List.of("aaaaaaaa", "bbbbbbbb"));

  /** Holds every attempt until a test lets it go, or answers at once. */
  static final class HeldTrigger implements WorkflowTrigger {
    final List<TriggerRequest> requests = new ArrayList<>();
    final Deque<CompletableFuture<TriggerOutcome>> held = new ArrayDeque<>();
    boolean atOnce = true;

    @Override
    public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
      requests.add(request);
      if (atOnce) {
        return CompletableFuture.completedFuture(OK);
      }
      held.add(new CompletableFuture<>());
      return held.getLast();
    }

    @Override
    public void close() {
      throw new AssertionError("the trigger is not the scheduler's to close");
    }
  }

  static final class Events implements JobListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void registryFindings(List<RegistryFinding> findings) {
      told.add("findings " + findings);
    }

    @Override
    public void registryStandsIn(Duration age, Exception failure) {
      told.add("registry of " + age + " stands in: " + failure.getMessage());
    }

    @Override
    public void fireSkipped(Fire fire, SkipReason reason, String why) {
      told.add("skipped " + fire.schedule() + " " + why);
    }

    @Override
    public void fireFailed(Fire fire, Exception failure) {
      told.add("failed " + fire.schedule() + " " + failure.getMessage());
    }

    @Override
    public void firesSettled(ScheduleId schedule) {
      told.add(schedule + " settled");
    }

    @Override
    public void firesLetGo(ScheduleId schedule, SkipReason reason, int count, Instant last) {
      told.add(count + " fires of " + schedule + " let go: " + reason.text());
    }

    @Override
    public void firesPutOff(ScheduleId schedule, Owed.Cause cause, int count, Instant last) {
      told.add(count + " fires of " + schedule + " put off: " + cause.text());
    }

    @Override
    public void schedulePaused(ScheduleId schedule, Instant since) {
      told.add(schedule + " paused");
    }

    @Override
    public void scheduleResumed(ScheduleId schedule) {
      told.add(schedule + " resumed");
    }

    @Override
    public void scheduleSuperseded(ScheduleId schedule, String cron, String zone) {
      told.add(schedule + " superseded by " + cron);
    }

    @Override
    public void scheduleReinstated(ScheduleId schedule) {
      told.add(schedule + " reinstated");
    }

    @Override
    public void clockOff(String why) {
      told.add("clock off: " + why);
    }

    @Override
    public void clockAgrees() {
      told.add("clock agrees");
    }

    @Override
    public void jobCreated(JobRecord job) {
      told.add("created " + job.status().text());
    }

    @Override
    public void kpiSettled(TraceId traceId, KpiRun run) {
      told.add("settled " + run.kpiId());
    }

    @Override
    public void jobSettled(JobRecord job) {
      told.add("job " + job.status().text());
    }

    @Override
    public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
      told.add("not stored: " + failure.getMessage());
    }
  }

  SchedulerWorkerBuilder builder() {
    return builder("owner");
  }

  SchedulerWorkerBuilder builder(String owner) {
    IdGenerator ids = new IdGenerator() {
      @Override
      public String traceSuffix() {
        return suffixes.remove();
      }

      @Override
      public String ownerId() {
        return owner;
      }
    };
    return SchedulerWorker.builder(config, jobs, trigger)
        .clock(clock)
        .executor(executor)
        .idGenerator(ids)
        .listener(events);
  }

  /** Lets time pass, and everybody work meanwhile. */
  void pass(Duration time) {
    executor.runAll();
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      clock.advance(step);
      executor.runAll();
      left = left.minus(step);
    }
  }

  /** Stops a scheduler whose last steps this test's executor has to run. */
  void close(SchedulerWorker worker) {
    worker.stop();
    executor.runAll();
    worker.close();
  }

  void register(String... ids) {
    StringBuilder kpis = new StringBuilder();
    for (String id : ids) {
      kpis.append(kpis.isEmpty() ? "" : ",")
          .append("{\"id\":\"" + id + "\",\"name\":\"N\",\"type\":\"t\",\"active\":true,")
          .append("\"webhookUrl\":\"http://n8n/webhook/" + id + "\"}");
    }
    config.values.put(KpiRegistry.KEY, "{\"kpis\":[" + kpis + "]}");
  }

  static Schedule daily(String cron) {
    return new Schedule(DAILY, cron, ZoneOffset.UTC);
  }

  JobRecord stored(TraceId id) {
    return JobRecordJson.read(jobs.values.get(JobRecord.key(id)));
  }
}
