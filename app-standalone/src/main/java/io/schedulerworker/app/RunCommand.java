package io.schedulerworker.app;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiSelection;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Every setting, such as N8N_API_KEY, has a flag, a variable and a key of the settings file:",
      "docs/settings.md lists them."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--kpi",
      paramLabel = "ID",
      description = "Call this active KPI only; may be repeated.")
  private @Nullable List<String> kpis;

  @Option(names = "--json", description = "Print the job record, and nothing else, on stdout.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunCommand() {}

  @Override
  public Integer call() {
    OneJob job = new OneJob("/api/trigger", ids(), worker -> worker.runNow(selection()));
    return report(job.run(settings.read(), json));
  }

  private KpiSelection selection() {
    return ids().isEmpty() ? KpiSelection.all() : KpiSelection.ofIds(ids());
  }

  private List<String> ids() {
    return kpis == null ? List.of() : kpis;
  }

  private int report(JobRecord job) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlainJson.of(JobRecordJson.write(job)));
    } else {
      Summary.print(job, out);
    }
    out.flush();
    return Summary.allCalled(job.kpis().values()) ? ExitCode.OK : ExitCode.SOME_KPI_FAILED;
  }
}
