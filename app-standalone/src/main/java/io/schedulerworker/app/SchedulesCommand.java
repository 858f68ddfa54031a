package io.schedulerworker.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code schedules}: what becomes of schedules' fires, and pausing them. */
@Command(
    name = "schedules",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows, pauses and resumes schedules.",
    subcommands = {
      SchedulesListCommand.class,
      SchedulesPauseCommand.class,
      SchedulesResumeCommand.class
    })
final class SchedulesCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SchedulesCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: list, pause or resume");
  }
}
