package io.schedulerworker;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.IdempotencyKey;
import io.schedulerworker.model.JobTrace;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.WorkflowTrigger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The spans of jobs and calls, as an SDK gets them: the one of this JVM, which sees what others do. */
@Isolated
class TracingTest extends WorkerTestBase {
  @RegisterExtension
  static final OpenTelemetryExtension SDK = OpenTelemetryExtension.create();

  private static final CallbackSigner SIGNER =
      new CallbackSigner(URI.create("https://s.example"), "0123456789abcdef");

  private SchedulerWorker started(SchedulerWorkerBuilder builder) {
    SchedulerWorker worker = builder.callbacks(SIGNER).build();
    worker.start();
    return worker;
  }

  private static List<SpanData> spans(String name) {
    return SDK.getSpans().stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static String text(SpanData span, String attribute) {
    return span.getAttributes().get(stringKey(attribute));
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  @Test
  void aJobIsASpanAndEachAttemptIsOneWithinIt() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = started(builder());
    Instant begun = clock.now();
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(STEP);
    trigger.held.remove().complete(new TriggerOutcome.Accepted(200, "4711"));
    pass(STEP);
    trigger.held.remove().complete(new TriggerOutcome.Refused("403 forbidden", 403));
    pass(STEP);

    SpanData job = spans("job").get(0);
    JobTrace trace = JobTrace.of(traceId);
    assertThat(job.getTraceId()).isEqualTo(trace.id());
    assertThat(job.getParentSpanId()).isEqualTo(trace.rootId());
    assertThat(text(job, "scheduler_worker.trace_id")).isEqualTo(traceId.value());
    assertThat(text(job, "scheduler_worker.begun_as")).isEqualTo("created");
    assertThat(text(job, "scheduler_worker.job.status")).isEqualTo("in_progress");
    assertThat(job.getAttributes().get(longKey("scheduler_worker.job.kpis"))).isEqualTo(2);
    assertThat(job.getStartEpochNanos()).isEqualTo(nanos(begun));

    List<SpanData> calls = spans("call");
    assertThat(calls).hasSize(2).allSatisfy(call -> {
      assertThat(call.getParentSpanId()).isEqualTo(job.getSpanId());
      assertThat(call.getTraceId()).isEqualTo(trace.id());
      assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
      assertThat(text(call, "server.address")).isEqualTo("n8n");
      assertThat(call.getAttributes().get(longKey("server.port"))).isEqualTo(80);
      assertThat(call.toString()).doesNotContain("/webhook/");
    });
    SpanData accepted = calls.get(0);
    assertThat(accepted.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(text(accepted, "scheduler_worker.outcome")).isEqualTo("accepted");
    assertThat(text(accepted, "n8n.execution_id")).isEqualTo("4711");
    assertThat(accepted.getEndEpochNanos() - accepted.getStartEpochNanos())
        .isEqualTo(STEP.toNanos());
    SpanData refused = calls.get(1);
    assertThat(refused.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(refused.getStatus().getDescription()).isEqualTo("403 forbidden");
    assertThat(text(refused, "error.type")).isEqualTo("refused");
    assertThat(refused.getAttributes().get(longKey("http.response.status_code")))
        .isEqualTo(403);
  }

  @Test
  void theCalleeIsToldOfTheAttempt() {
    register("a");
    started(builder()).runNow(KpiSelection.all());
    pass(STEP);

    SpanData call = spans("call").get(0);
    assertThat(trigger.requests.get(0).traceParent())
        .isEqualTo("00-" + call.getTraceId() + "-" + call.getSpanId() + "-01");
  }

  @Test
  void whatTheCallIsMadeOfNestsInIt() {
    register("a");
    List<SpanContext> within = new ArrayList<>();
    WorkflowTrigger looking = new WorkflowTrigger() {
      @Override
      public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
        within.add(Span.current().getSpanContext());
        return trigger.trigger(request);
      }

      @Override
      public void close() {}
    };
    SchedulerWorker.builder(config, jobs, looking)
        .clock(clock)
        .executor(executor)
        .build()
        .runNow(KpiSelection.all());
    pass(STEP);

    assertThat(within)
        .extracting(SpanContext::getSpanId)
        .containsExactly(spans("call").get(0).getSpanId());
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void whoAskedForAJobIsLinkedToIt() {
    register("a");
    SchedulerWorker worker = started(builder());
    Span asker = GlobalOpenTelemetry.getTracer("test").spanBuilder("asker").startSpan();
    try (Scope scope = asker.makeCurrent()) {
      assertThat(scope).isNotNull();
      worker.runNow(KpiSelection.all());
    }
    pass(STEP);

    assertThat(spans("job").get(0).getLinks())
        .extracting(link -> link.getSpanContext().getSpanId())
        .containsExactly(asker.getSpanContext().getSpanId());
  }

  @Test
  void theTimeOfTheWorkflowsIsASpanOfItsOwn() {
    register("a", "b");
    SchedulerWorker worker = started(builder());
    Instant called = clock.now();
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    pass(Duration.ofSeconds(30));
    assertThat(spans("workflows")).isEmpty();

    worker.jobs().complete(traceId, "a", 0, KpiStatus.COMPLETED, null);
    worker.jobs().complete(traceId, "b", 0, KpiStatus.FAILED, "no data");
    pass(Duration.ofSeconds(3));

    SpanData workflows = spans("workflows").get(0);
    assertThat(workflows.getTraceId()).isEqualTo(JobTrace.of(traceId).id());
    assertThat(workflows.getStartEpochNanos()).isEqualTo(nanos(called));
    assertThat(workflows.getEndEpochNanos()).isEqualTo(nanos(called.plusSeconds(30)));
    assertThat(text(workflows, "scheduler_worker.job.status")).isEqualTo("partial");
    assertThat(workflows.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void aDriveIsAnotherSpanInTheSameTrace() {
    register("a");
    trigger.atOnce = false;
    SchedulerWorker worker = started(builder());
    TraceId traceId = worker.runNow(KpiSelection.all()).traceId();
    trigger.held.remove().complete(new TriggerOutcome.Refused("403 forbidden", 403));
    pass(STEP);
    worker.retry(traceId, List.of(), "ops");
    trigger.held.remove().complete(OK);
    pass(STEP);

    assertThat(spans("job"))
        .extracting(span -> text(span, "scheduler_worker.begun_as"))
        .containsExactly("created", "retried");
    assertThat(spans("job"))
        .extracting(SpanData::getTraceId)
        .containsOnly(JobTrace.of(traceId).id());
    assertThat(spans("job").get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans("call"))
        .extracting(span -> text(span, "scheduler_worker.idempotency_key"))
        .containsExactly(traceId + ":a", traceId + ":a:1");
  }

  @Test
  void aJobThatIsHandedOverAndTakenOverIsASpanOfEach() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker stopping = builder().shutdownGrace(Duration.ZERO).build();
    TraceId traceId = stopping.runNow(KpiSelection.all()).traceId();
    trigger.held.remove().complete(OK);
    stopping.stop();
    executor.runAll();
    trigger.held.clear();
    trigger.atOnce = true;
    builder().build().start();
    pass(Duration.ofSeconds(3));

    assertThat(spans("job"))
        .extracting(span -> text(span, "scheduler_worker.begun_as"))
        .containsExactly("created", "taken over");
    assertThat(spans("job"))
        .extracting(SpanData::getTraceId)
        .containsOnly(JobTrace.of(traceId).id());
  }

  @Test
  void aFireIsNamed() {
    register("a");
    SchedulerWorker worker = builder().schedule(daily("0 12 * * *")).build();
    worker.start();
    pass(Duration.ofSeconds(100));

    SpanData job = spans("job").get(0);
    assertThat(text(job, "scheduler_worker.schedule")).isEqualTo("daily");
    assertThat(text(job, "scheduler_worker.fire_time")).isEqualTo(NOON.toString());
  }

  @Test
  void aJobThatNobodyKeepsTellsTheCalleeSo() {
    SdkTracerProvider none = SdkTracerProvider.builder()
        .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
        .setSampler(Sampler.alwaysOff())
        .build();
    GlobalOpenTelemetry.resetForTest();
    GlobalOpenTelemetry.set(OpenTelemetrySdk.builder().setTracerProvider(none).build());
    try {
      register("a");
      TraceId traceId = started(builder()).runNow(KpiSelection.all()).traceId();
      pass(STEP);

      assertThat(trigger.requests.get(0).traceParent())
          .startsWith("00-" + JobTrace.of(traceId).id() + "-")
          .endsWith("-00");
    } finally {
      GlobalOpenTelemetry.resetForTest();
      GlobalOpenTelemetry.set(SDK.getOpenTelemetry());
    }
  }

  @Test
  void aCallHasEndedBeforeTheNextOneBegins() {
    register("a", "b");
    trigger.atOnce = false;
    SchedulerWorker worker = started(
        builder().dispatch(DispatchPolicy.builder().maxInFlightPerHost(1).build()));
    worker.runNow(KpiSelection.all());
    pass(STEP);
    trigger.held.remove().complete(OK);
    assertThat(spans("call")).hasSize(1);
    assertThat(trigger.held).hasSize(1);
  }

  @Test
  void withoutAnSdkACallIsAsItAlwaysWas() {
    GlobalOpenTelemetry.resetForTest();
    try {
      register("a");
      TraceId traceId = started(builder()).runNow(KpiSelection.all()).traceId();
      pass(STEP);

      assertThat(trigger.requests.get(0).traceParent())
          .isEqualTo(JobTrace.of(traceId).traceParent(IdempotencyKey.of(traceId, "a")));
      // Nobody has kept an SDK that comes later from being used.
      assertThat(GlobalOpenTelemetry.isSet()).isFalse();
    } finally {
      GlobalOpenTelemetry.resetForTest();
      GlobalOpenTelemetry.set(SDK.getOpenTelemetry());
    }
  }
}
