package io.schedulerworker.app;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.system.SystemClock;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: one job, now. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs one job now: calls the webhook of every active KPI.",
    footer = {
      "",
      "Exit code: 0 every KPI was triggered, 1 some failed, 2 usage, settings or registry at fault,",
      "3 a store is out of reach, 130 interrupted.",
      "",
      "Environment: ENVIRONMENT, N8N_API_KEY, CONFIG_KV, JOBS_KV."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--kpi",
      paramLabel = "ID",
      description = "Call this active KPI only; may be repeated.")
  private @Nullable List<String> kpis;

  @Option(names = "--json", description = "Print the job record, and nothing else, on stdout.")
  private boolean json;

  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description = "Read the registry from a JSON file instead of CONFIG_KV.")
  private @Nullable Path registry;

  @Option(names = "--config-kv", paramLabel = "URI", description = "Store of the registry.")
  private @Nullable String configKv;

  @Option(names = "--jobs-kv", paramLabel = "URI", description = "Store of the job records.")
  private @Nullable String jobsKv;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunCommand() {}

  @Override
  public Integer call() {
    Settings settings = Settings.of(System.getenv(), configKv, jobsKv);
    try (Adapters adapters = new Adapters(new SystemClock());
        Progress progress = Progress.on(Terminal.isPresent() && !json);
        SchedulerWorker worker = worker(settings, adapters, progress)) {
      JobRecord job = ShutdownHook.guard(worker::close, () -> settled(worker.runNow(selection())));
      return report(job);
    }
  }

  private KpiSelection selection() {
    return kpis == null ? KpiSelection.all() : KpiSelection.ofIds(kpis);
  }

  private SchedulerWorker worker(Settings settings, Adapters adapters, Progress progress) {
    TriggerSettings trigger = new TriggerSettings(
        Version.userAgent(),
        settings.n8nApiKey(),
        TriggerSettings.CONNECT_TIMEOUT,
        TriggerSettings.RESPONSE_TIMEOUT);
    SchedulerWorkerBuilder builder = SchedulerWorker.builder(
            adapters.store(settings.configKv()),
            adapters.store(settings.jobsKv()),
            adapters.trigger(trigger))
        .environment(settings.environment())
        .listener(new LoggingListener())
        .listener(progress);
    if (registry != null) {
      builder.registry(new RegistryFile(registry));
    }
    return builder.build();
  }

  private static JobRecord settled(JobHandle job) {
    try {
      return job.settled().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private int report(JobRecord job) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JobRecordJson.write(job));
    } else {
      Summary.print(job, out);
    }
    out.flush();
    return Summary.allCalled(job) ? ExitCode.OK : ExitCode.SOME_KPI_FAILED;
  }
}
