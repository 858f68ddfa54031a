package io.schedulerworker.app;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerRequest;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.system.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What a job costs in JOBS_KV, and how long it takes from a fire time to the first call: docs/benchmarks.md. */
public final class JobBenchmark {
  private static final int WARM_UP = 20;
  private static final int SAMPLES = 100;
  private static final Duration AHEAD = Duration.ofMillis(700);

  private JobBenchmark() {}

  /** Runs both. */
  public static void main(String[] arguments) throws Exception {
    JdkTuning.apply();
    System.out.printf(
        "heap of %d MB, JDK %s%n", Runtime.getRuntime().maxMemory() >> 20, Runtime.version());
    cost();
    latency();
  }

  private static void cost() {
    System.out.printf(
        "%8s %14s %14s %8s %16s %9s%n",
        "KPIs", "record, B/KPI", "written, B/KPI", "writes", "beyond, B/KPI", "seconds");
    for (int kpis : new int[] {100, 1_000, 10_000, 100_000}) {
      cost(kpis);
    }
  }

  private static void cost(int kpis) {
    SystemClock clock = new SystemClock();
    try (Adapters adapters = new Adapters(clock)) {
      KvStore config = adapters.store("config", "memory:");
      register(config, clock, kpis, "http://n8n/webhook/");
      CountingStore jobs = new CountingStore(config);
      try (SchedulerWorker worker =
          SchedulerWorker.builder(config, jobs, new SlowTrigger()).build()) {
        long began = System.nanoTime();
        JobHandle job = worker.runNow(KpiSelection.all());
        JobRecord record = job.settled().toCompletableFuture().join();
        double seconds = (System.nanoTime() - began) / 1e9;
        double size = JobRecordJson.write(record).length();
        System.out.printf(
            Locale.ROOT,
            "%8d %14.0f %14.0f %8d %16.0f %9.1f%n",
            kpis,
            size / kpis,
            (double) jobs.bytes.get() / kpis,
            jobs.writes.get(),
            (jobs.bytes.get() - size) / kpis,
            seconds);
      }
    }
  }

  private static void register(KvStore store, Clock clock, int kpis, String url) {
    StringBuilder text = new StringBuilder("{\"kpis\":[");
    for (int i = 0; i < kpis; i++) {
      text.append(i == 0 ? "" : ",")
          .append("{\"id\":\"kpi-%06d\",\"name\":\"KPI %d\",\"type\":\"price\",".formatted(i, i))
          .append("\"active\":true,\"webhookUrl\":\"%skpi-%06d\"}".formatted(url, i));
    }
    store.put(KpiRegistry.KEY, text.append("]}").toString(), Ttl.NONE, soon(clock));
  }

  private static Deadline soon(Clock clock) {
    return Deadline.in(Duration.ofSeconds(30), clock);
  }

  private static void latency() throws Exception {
    SystemClock system = new SystemClock();
    try (Adapters adapters = new Adapters(system);
        FirstByteSink sink = new FirstByteSink()) {
      KvStore store = adapters.store("config", "memory:");
      register(store, system, 10, sink.url());
      WorkflowTrigger trigger =
          adapters.trigger(TriggerSettings.builder("bench/1").build());
      double[] millis = new double[SAMPLES];
      Instant fire = Instant.now().truncatedTo(ChronoUnit.MINUTES);
      for (int i = -WARM_UP; i < SAMPLES; i++) {
        fire = fire.plus(Duration.ofMinutes(1));
        double took = latency(store, trigger, sink, fire);
        millis[Math.max(0, i)] = took;
      }
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "fire time to first byte, 10 KPIs, memory:, %d fires: median %.1f ms, p99 %.1f ms, most %.1f ms%n",
          SAMPLES,
          millis[SAMPLES / 2],
          millis[SAMPLES * 99 / 100 - 1],
          millis[SAMPLES - 1]);
    }
  }

  /** A fire whose time is a moment ahead, on a wall clock that is shifted for it. */
  private static double latency(
      KvStore store, WorkflowTrigger trigger, FirstByteSink sink, Instant fire) throws Exception {
    Duration shift = Duration.between(Instant.now().plus(AHEAD), fire);
    Schedule schedule = new Schedule(new ScheduleId("bench"), "* * * * *", ZoneOffset.UTC);
    try (SchedulerWorker worker = SchedulerWorker.builder(store, store, trigger)
        .schedule(schedule)
        .clock(new ShiftedClock(shift))
        .build()) {
      worker.start();
      Instant first = sink.arrivals().poll(5, TimeUnit.SECONDS);
      for (int i = 1; i < 10; i++) {
        sink.arrivals().poll(5, TimeUnit.SECONDS);
      }
      return Duration.between(fire, first.plus(shift)).toNanos() / 1e6;
    }
  }

  /** The system's time, the wall clock shifted. */
  private static final class ShiftedClock implements Clock {
    private final SystemClock system = new SystemClock();
    private final Duration shift;

    ShiftedClock(Duration shift) {
      this.shift = shift;
    }

    @Override
    public Instant now() {
      return system.now().plus(shift);
    }

    @Override
    public long nanoTime() {
      return system.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
      return system.after(delay, task);
    }
  }

  /** Accepts everything after five milliseconds: some three thousand calls a second with sixteen in flight. */
  private static final class SlowTrigger implements WorkflowTrigger {
    private final Executor later =
        CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS, Runnable::run);

    @Override
    public CompletionStage<TriggerOutcome> trigger(TriggerRequest request) {
      return CompletableFuture.supplyAsync(() -> new TriggerOutcome.Accepted(200), later);
    }

    @Override
    public void close() {}
  }
}
