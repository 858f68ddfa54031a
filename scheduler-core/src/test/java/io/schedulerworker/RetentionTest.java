package io.schedulerworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Ttl;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing that is written of a job stays for ever. */
class RetentionTest extends WorkerTestBase {
  private static final Duration RETENTION = Duration.ofDays(7);

  private SchedulerWorker worker() {
    SchedulerWorker worker = builder()
        .retention(RETENTION)
        .jobTimeout(Duration.ofMinutes(5))
        .callbacks(new CallbackSigner(URI.create("https://s.example"), "0123456789abcdef"))
        .schedule(daily("0 12 * * *"))
        .build();
    worker.start();
    return worker;
  }

  @Test
  void allButLedgersAndTheGreatestTraceIdExpires() {
    register("a", "b");
    SchedulerWorker worker = worker();
    pass(Duration.ofMinutes(2));
    TraceId traceId = worker.runOnce("request", KpiSelection.all()).traceId();
    pass(STEP);
    worker.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null);
    worker.retry(traceId, List.of("b"), "ops");
    pass(Duration.ofMinutes(10));

    Set<String> forEver = jobs.lives.entrySet().stream()
        .filter(entry -> entry.getValue().equals(Ttl.NONE))
        .map(entry -> entry.getKey())
        .collect(Collectors.toSet());
    assertThat(forEver).containsExactlyInAnyOrder("schedule:daily", JobRecord.LAST_TRACE_ID_KEY);
    assertThat(jobs.lives.keySet())
        .extracting(key -> key.substring(0, Math.max(0, key.indexOf(':'))))
        .contains("job", "lease", "progress", "waiting", "redriven", "idempotency");
    assertThat(jobs.lives.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("job:"))
            .map(entry -> entry.getValue()))
        .hasSize(2)
        .containsOnly(Ttl.of(RETENTION));
  }

  @Test
  void eachWriteOfARecordSetsItsLifeAnew() {
    register("a");
    SchedulerWorker worker = worker();
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    // Another program wrote it back for ever.
    jobs.lives.put(JobRecord.key(traceId), Ttl.NONE);
    worker.jobs().complete(traceId, "a", KpiStatus.COMPLETED, null);
    pass(Duration.ofSeconds(5));
    assertThat(jobs.lives).containsEntry(JobRecord.key(traceId), Ttl.of(RETENTION));
  }
}
