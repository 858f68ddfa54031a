package io.schedulerworker.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stores}: CONFIG_KV and JOBS_KV themselves. */
@Command(
    name = "stores",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prepares the stores CONFIG_KV and JOBS_KV.",
    subcommands = StoresCreateCommand.class)
final class StoresCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  StoresCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: create");
  }
}
