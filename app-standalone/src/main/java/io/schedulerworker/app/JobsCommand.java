package io.schedulerworker.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobs}: what became of jobs, and what shall. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows what became of jobs, and steers them.",
    subcommands = {
      JobsListCommand.class,
      JobsShowCommand.class,
      JobsWatchCommand.class,
      JobsRetryCommand.class,
      JobsCancelCommand.class
    })
final class JobsCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: list, show, watch, retry or cancel");
  }
}
