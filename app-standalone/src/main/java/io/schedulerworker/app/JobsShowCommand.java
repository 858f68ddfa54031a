package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.TraceId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs show}: one job. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows one job, a line for each KPI, those that failed first.")
final class JobsShowCommand implements Callable<Integer> {
  private static final int SHOWN = 50;

  @Parameters(paramLabel = "TRACE_ID", description = "The job, as jobs list names it.")
  private String traceId;

  @Option(names = "--all", description = "Show all KPIs, not the first 50 alone.")
  private boolean all;

  @Option(names = "--json", description = "Print the record in one line, as it is stored.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsShowCommand() {}

  @Override
  public Integer call() {
    TraceId job = TraceIds.parse(traceId, spec);
    try (Api api = Apis.jobs(settings.read())) {
      Reply reply = api.send(Call.get("/api/jobs/" + job)).orRefused();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(PlainJson.of(reply.body()));
      } else {
        int most = all ? Integer.MAX_VALUE : SHOWN;
        JobTable.print(JobRecordJson.read(reply.body()), most, Terminal.width(), out);
      }
      return ExitCode.OK;
    }
  }
}
