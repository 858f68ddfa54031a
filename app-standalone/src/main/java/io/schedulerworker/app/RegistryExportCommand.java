package io.schedulerworker.app;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code registry export}: the registry as it is stored. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the registry as it is stored, byte for byte.")
final class RegistryExportCommand implements Callable<Integer> {
  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RegistryExportCommand() {}

  @Override
  public Integer call() {
    try (Api api = Apis.registry(settings.read())) {
      String text = api.send(Call.get("/api/registry")).orRefused().body();
      spec.commandLine().getOut().print(PlainJson.of(text));
      return ExitCode.OK;
    }
  }
}
