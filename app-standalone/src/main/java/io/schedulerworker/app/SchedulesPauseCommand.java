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

/** {@code schedules pause}: no fire becomes a job any more, on any process. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Pauses a schedule, on all processes.")
final class SchedulesPauseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "The schedule, as schedules list names it.")
  private String id;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SchedulesPauseCommand() {}

  @Override
  public Integer call() {
    try (Api api = Apis.schedules(settings.read())) {
      Reply reply =
          api.send(Call.with("POST", Apis.ofSchedule(id, "pause"), "")).orRefused();
      spec.commandLine()
          .getOut()
          .println(id + " is paused since " + reply.json().path("pausedSince").asText());
      return ExitCode.OK;
    }
  }
}
