package io.schedulerworker.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.system.SystemClock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demo}: what a job is, shown on this machine alone. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Shows one job from fire to completion, with a stand-in for n8n; needs no set-up.")
final class DemoCommand implements Callable<Integer> {
  private static final String STORE = "memory:";

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DemoCommand() {}

  @Override
  public Integer call() {
    // The demo tells its story itself.
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.ERROR);
    }
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = new SystemClock();
    try (DemoN8n n8n = DemoN8n.start();
        Adapters adapters = new Adapters(clock);
        SchedulerWorker worker = worker(adapters, clock, n8n, out)) {
      JobRecord job =
          worker.runNow(KpiSelection.all()).settled().toCompletableFuture().join();
      out.printf("%nThe record, in JOBS_KV under %s:%n%n", job.key());
      out.println(PrettyJson.of(JobRecordJson.write(job)));
      out.printf(
          "%nYour own: run --registry FILE, with a registry like docs/registry.example.json%n");
      out.flush();
      return Summary.allCalled(job.kpis().values()) ? ExitCode.OK : ExitCode.SOME_KPI_FAILED;
    }
  }

  private static SchedulerWorker worker(
      Adapters adapters, Clock clock, DemoN8n n8n, PrintWriter out) {
    KvStore store = adapters.store("store", STORE);
    store.put(KpiRegistry.KEY, n8n.registry(), Ttl.NONE, Deadline.in(Duration.ofSeconds(5), clock));
    out.printf("Scheduler Worker %s, demo: one job, on this machine alone.%n", Version.number());
    out.printf(
        "%nA stand-in for n8n listens on %s; CONFIG_KV holds the registry.%n", n8n.address());
    TriggerSettings settings = TriggerSettings.builder(Version.userAgent()).build();
    return SchedulerWorker.builder(store, store, adapters.trigger(settings))
        .environment("demo")
        .completion(CompletionMode.TRIGGER)
        .listener(new DemoNarrator(out))
        .build();
  }
}
