package io.schedulerworker.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * An ingestion worker, as the contract describes it: reads a job record, takes its time, and writes it back as it read it
 * but for one KPI, knowing nothing of versions. There is one, which does one thing at a time.
 */
final class OtherWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Run run;
  private final World world;
  private final Deque<SimN8n.Start> due = new ArrayDeque<>();
  private boolean busy;
  private boolean ended;

  OtherWriter(Run run) {
    this.run = run;
    this.world = run.world;
  }

  void begin() {
    run.n8n.watch(start -> {
      if (!Others.reportsByCallback(start.kpiId()) && world.chance(60)) {
        Duration work = world.between(Duration.ofMillis(1), Duration.ofSeconds(30));
        world.after(work, () -> report(start));
      }
    });
  }

  /** Begins nothing any more; what it is about it finishes. */
  void end() {
    ended = true;
    due.clear();
  }

  private void report(SimN8n.Start start) {
    if (!ended) {
      due.add(start);
      next();
    }
  }

  private void next() {
    if (!busy && !due.isEmpty()) {
      busy = true;
      read(due.pop());
    }
  }

  private void read(SimN8n.Start start) {
    Optional<KvEntry> record = run.store.get(JobRecord.key(start.traceId()));
    Duration thought = world.chance(70)
        ? world.between(Duration.ofMillis(1), Duration.ofSeconds(2))
        : world.between(Duration.ofSeconds(2), Duration.ofSeconds(45));
    world.after(record.isPresent() ? thought : Duration.ZERO, () -> {
      record.ifPresent(entry -> write(start.traceId(), start.kpiId(), entry.value()));
      busy = false;
      next();
    });
  }

  private void write(TraceId traceId, String kpiId, String read) {
    String key = JobRecord.key(traceId);
    String written = completed(read, kpiId);
    run.store.put(null, key, written, Ttl.NONE);
    world.trace.add(world.now(), "other", "writes ", traceId, ": ", kpiId, " completed");
    run.others.answered("plain write");
    run.others.keep(new Others.Kept(
        world.now(),
        run.store.history().size(),
        traceId,
        kpiId,
        KpiStatus.COMPLETED,
        JobRecordJson.read(written).drive(kpiId),
        true));
  }

  private String completed(String record, String kpiId) {
    try {
      ObjectNode job = (ObjectNode) JSON.readTree(record);
      ObjectNode kpi = (ObjectNode) job.get("kpis").get(kpiId);
      kpi.put("status", "completed");
      kpi.put("completedAt", world.time().truncatedTo(ChronoUnit.SECONDS).toString());
      kpi.remove("settledBy");
      kpi.putNull("error");
      kpi.put("value", 7);
      return JSON.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
