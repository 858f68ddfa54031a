package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.KvStoreException.Kind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When schedules fire, and what becomes of a fire. */
class SchedulesTest extends WorkerTestBase {
  @Test
  void aScheduleFiresAtItsTimeUnderTheContractsTraceId() {
    register("a");
    SchedulerWorker worker = builder().schedule(daily("0 12 * * *")).build();
    assertThat(worker.nextFireTime()).isEmpty();
    assertThat(worker.nextFireTimes()).isEmpty();
    worker.start();
    assertThat(worker.nextFireTime()).contains(NOON);
    assertThat(worker.nextFireTimes()).containsExactly(Map.entry(DAILY, NOON));
    pass(Duration.ofSeconds(89));
    assertThat(trigger.requests).isEmpty();
    pass(Duration.ofSeconds(1));
    JobRecord record = stored(new TraceId("trace_20250814_120000_1k3j9q9o"));
    assertThat(record.metadata().fire()).isEqualTo(new Fire(DAILY, "0 12 * * *", NOON));
    assertThat(record.createdAt()).isEqualTo(NOON);
    assertThat(worker.nextFireTime()).contains(NOON.plus(Duration.ofDays(1)));
    pass(Duration.ofDays(2));
    assertThat(jobs.values.keySet().stream().filter(key -> key.startsWith("job:")))
        .hasSize(3);
  }

  @Test
  void aFireThatAnotherReplicaHasMadeAJobIsLeftAlone() {
    register("a");
    for (int replica = 0; replica < 2; replica++) {
      builder().schedule(daily("0 12 * * *")).build().start();
    }
    pass(Duration.ofMinutes(2));
    assertThat(trigger.requests).hasSize(1);
    assertThat(events.told).containsOnlyOnce("created pending");
  }

  @Test
  void aTraceIdThatBelongsToAnotherScheduleIsSteppedOver() {
    register("a");
    TraceId taken = new TraceId("trace_20250814_120000_1k3j9q9o");
    JobRecord other = JobRecord.pending(
        taken, NOON, List.of("x"), "e", new Fire(new ScheduleId("other"), "* * * * *", NOON));
    jobs.values.put(other.key(), JobRecordJson.write(other));
    builder().schedule(daily("0 12 * * *")).build().start();
    pass(Duration.ofMinutes(2));
    assertThat(stored(new TraceId("trace_20250814_120000_scqn81cw")).kpis()).containsOnlyKeys("a");
    assertThat(stored(taken)).isEqualTo(other);
  }

  @Test
  void aFireWithoutAJobIsTold() {
    builder().schedule(daily("0 12 * * *")).build().start();
    pass(Duration.ofMinutes(2));
    assertThat(events.told).hasSize(1).first().asString().startsWith("skipped daily registry: ");
    register("a");
    pass(Duration.ofDays(1).minusSeconds(100));
    jobs.failNext(Kind.UNAVAILABLE, 1_000);
    pass(Duration.ofSeconds(100));
    assertThat(events.told).last().isEqualTo("failed daily the store is away");
    jobs.before.clear();
    pass(Duration.ofSeconds(60));
    assertThat(events.told).containsOnlyOnce("created pending");
  }

  @Test
  void aScheduleIsReadInItsZone() {
    Schedule berlin = new Schedule(DAILY, "0 14 * * *", ZoneId.of("Europe/Berlin"));
    SchedulerWorker worker = builder().schedule(berlin).build();
    worker.start();
    assertThat(worker.nextFireTime()).contains(NOON);
  }

  @Test
  void aWallClockThatIsSetForwardFiresOnceAndGoesOn() {
    register("a");
    SchedulerWorker worker = builder().schedule(daily("0 * * * *")).build();
    worker.start();
    executor.runAll();
    clock.setWallTime(NOON.plus(Duration.ofHours(5)).plusSeconds(1));
    pass(Duration.ofSeconds(29));
    assertThat(events.told).as("it may yet be set right").isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(events.told).containsOnlyOnce("created pending");
    assertThat(worker.nextFireTime()).contains(NOON.plus(Duration.ofHours(6)));
  }

  @Test
  void aWallClockThatIsSetBackFiresNothingTwice() {
    register("a");
    SchedulerWorker worker = builder().schedule(daily("0 * * * *")).build();
    worker.start();
    pass(Duration.ofSeconds(91));
    clock.setWallTime(NOON.minusSeconds(600));
    pass(Duration.ofSeconds(601));
    assertThat(events.told).containsOnlyOnce("created pending");
  }

  @Test
  void aScheduleThatNeverFiresIsQuiet() {
    SchedulerWorker worker = builder().schedule(daily("0 0 30 2 *")).build();
    worker.start();
    assertThat(worker.nextFireTime()).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(trigger.requests).isEmpty();
    assertThat(events.told).isEmpty();
  }
}
