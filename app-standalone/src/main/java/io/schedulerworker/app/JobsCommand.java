package io.schedulerworker.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobs}: what became of jobs. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows what became of jobs.",
    subcommands = {JobsListCommand.class, JobsShowCommand.class})
final class JobsCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: list or show");
  }
}
