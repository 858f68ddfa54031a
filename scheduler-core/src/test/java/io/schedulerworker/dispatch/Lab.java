package io.schedulerworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** A dispatcher on a simulated clock, and servers that answer as a test says. */
final class Lab {
  static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");

  final SimulatedClock clock = new SimulatedClock(NOON);
  final Dispatcher dispatcher;
  final Map<String, KpiRun> runs = new LinkedHashMap<>();
  final Map<String, Instant> settledAt = new HashMap<>();
  final List<Began> calls = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  private final Map<String, Server> servers = new HashMap<>();
  private int jobs;

  Lab(DispatchPolicy policy) {
    dispatcher = new Dispatcher(new Wire(), clock, policy, new Events());
  }

  /** Answers the calls to one host. */
  interface Server {
    CompletionStage<TriggerOutcome> answer(TriggerRequest request);
  }

  /** A call that began. */
  record Began(Instant at, String kpiId) {}

  Lab with(String host, Server server) {
    servers.put(host, server);
    return this;
  }

  /** A server that takes so long for each answer, whatever it is. */
  Server after(Duration time, TriggerOutcome outcome) {
    return request -> in(time, outcome);
  }

  CompletionStage<TriggerOutcome> in(Duration time, TriggerOutcome outcome) {
    CompletableFuture<TriggerOutcome> answer = new CompletableFuture<>();
    clock.after(time, () -> answer.complete(outcome));
    return answer;
  }

  static List<Kpi> kpis(int count, String host) {
    return IntStream.range(0, count)
        .mapToObj(i -> kpi(host + "-" + i, host, "hook"))
        .toList();
  }

  static Kpi kpi(String id, String host, String webhook) {
    String url = "http://" + host + "/webhook/" + webhook;
    return new Kpi(id, id, null, "t", true, url, null, null, Extras.NONE);
  }

  CompletableFuture<Void> dispatch(List<Kpi> kpis) {
    TraceId id = TraceId.ofManual(NOON, "job%05d".formatted(++jobs));
    return dispatcher
        .dispatch(new JobCalls(
            id,
            kpis,
            CompletionMode.CALLBACK,
            kpi -> request(id, kpi),
            Admission.FREE,
            this::settled,
            kpi -> {}))
        .whenDone()
        .toCompletableFuture();
  }

  private static TriggerRequest request(TraceId id, Kpi kpi) {
    IdempotencyKey key = IdempotencyKey.of(id, kpi.id());
    return new TriggerRequest(id, kpi.id(), key, kpi.webhook(), kpi.id());
  }

  private void settled(KpiRun run) {
    assertThat(runs.put(run.kpiId(), run)).as("settled once").isNull();
    settledAt.put(run.kpiId(), clock.now());
  }

  /** Lets time pass until the job is done; the time it took. */
  Duration await(CompletableFuture<Void> job) {
    Instant begin = clock.now();
    while (!job.isDone() && clock.advanceToNextTimer()) {
      assertThat(Duration.between(begin, clock.now())).isLessThan(Duration.ofDays(1));
    }
    assertThat(job).isCompleted();
    return Duration.between(begin, clock.now());
  }

  long count(KpiStatus status) {
    return runs.values().stream().filter(run -> run.status() == status).count();
  }

  private final class Wire implements WorkflowTrigger {
    @Override
    public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
      calls.add(new Began(clock.now(), request.kpiId()));
      return servers.get(request.webhook().getHost()).answer(request);
    }

    @Override
    public void close() {}
  }

  private final class Events implements JobListener {
    @Override
    public void hostClosed(String host, Duration wait, String reason) {
      events.add("closed " + host);
    }

    @Override
    public void hostOpened(String host) {
      events.add("opened " + host);
    }

    @Override
    public void hostGivenUp(String host, int calls, String reason) {
      events.add("given up " + host);
    }
  }
}
