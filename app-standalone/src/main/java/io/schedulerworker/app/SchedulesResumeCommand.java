package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code schedules resume}: the end of a pause. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Ends the pause of a schedule, on all processes.")
final class SchedulesResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The schedule, as schedules list names it.")
  private String id;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SchedulesResumeCommand() {}

  @Override
  public Integer call() {
    try (Api api = Apis.schedules(settings.read())) {
      Reply reply =
          api.send(Call.with("POST", Apis.ofSchedule(id, "resume"), "")).orRefused();
      spec.commandLine()
          .getOut()
          .println(id + " fires next at " + reply.json().path("nextFireTime").asText("no time"));
      return ExitCode.OK;
    }
  }
}
