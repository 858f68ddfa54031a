package io.schedulerworker.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code registry}: the KPIs in CONFIG_KV. */
@Command(
    name = "registry",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Reads and replaces the registry of KPIs in CONFIG_KV.",
    subcommands = {RegistryImportCommand.class, RegistryExportCommand.class})
final class RegistryCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RegistryCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name what to do: import or export");
  }
}
