package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.model.TraceId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs show}: one job's record. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints a job's record.")
final class JobsShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRACE_ID", description = "The job, as jobs list names it.")
  private String traceId;

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
      spec.commandLine()
          .getOut()
          .println(PlainJson.of(json ? reply.body() : PrettyJson.of(reply.body())));
      return ExitCode.OK;
    }
  }
}
