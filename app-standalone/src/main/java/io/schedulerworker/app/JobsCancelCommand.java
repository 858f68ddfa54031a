package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.model.TraceId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs cancel}: nobody of a job is called any more. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Calls nobody of a job any more: KPIs that have not accepted a call fail, as cancelled.")
final class JobsCancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRACE_ID", description = "The job, as jobs list names it.")
  private String traceId;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsCancelCommand() {}

  @Override
  public Integer call() {
    TraceId job = TraceIds.parse(traceId, spec);
    try (Api api = Apis.jobs(settings.read())) {
      api.send(Call.with("POST", "/api/jobs/" + job + "/cancel", "")).orRefused();
      spec.commandLine()
          .getOut()
          .println("cancelled: " + job + "; calls in flight go on to their end");
      return ExitCode.OK;
    }
  }
}
