package io.schedulerworker.app;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs retry}: KPIs of a job once more. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Calls KPIs of a job again, in the same job: all that failed or timed out, or those named.",
    footer = {
      "",
      "Exit code: 0 all of them were triggered, 1 some failed, 2 there is nothing to call again,",
      "3 a store is out of reach, 130 interrupted."
    })
final class JobsRetryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRACE_ID", description = "The job, as jobs list names it.")
  private String traceId;

  @Option(
      names = "--kpi",
      paramLabel = "ID",
      description = {
        "Call this KPI again: one that failed, timed out, whose end was not",
        "reported, or that was left pending; may be repeated."
      })
  private @Nullable List<String> kpis;

  @Option(names = "--json", description = "Print the job record, and nothing else, on stdout.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsRetryCommand() {}

  @Override
  public Integer call() {
    TraceId job = TraceIds.parse(traceId, spec);
    List<String> ids = kpis == null ? List.of() : kpis;
    OneJob again =
        new OneJob("/api/jobs/" + job + "/retry", ids, worker -> worker.retry(job, ids, OneJob.BY));
    return report(again.run(settings.read(), json), ids);
  }

  private int report(JobRecord job, List<String> ids) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlainJson.of(JobRecordJson.write(job)));
    } else {
      Summary.print(job, out);
    }
    out.flush();
    return Summary.allCalled(called(job, ids)) ? ExitCode.OK : ExitCode.SOME_KPI_FAILED;
  }

  private static Collection<KpiRun> called(JobRecord job, List<String> ids) {
    return job.kpis().values().stream()
        .filter(run -> ids.isEmpty() || ids.contains(run.kpiId()))
        .toList();
  }
}
