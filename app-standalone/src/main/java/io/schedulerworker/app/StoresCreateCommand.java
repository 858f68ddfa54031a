package io.schedulerworker.app;

import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.system.SystemClock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code stores create}: what the stores need and nobody has made yet. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes what CONFIG_KV and JOBS_KV need and that is not there yet: a table for dynamodb:.",
      "Other stores need nothing. Leaves alone what is there, so it can be run before every start."
    })
final class StoresCreateCommand implements Callable<Integer> {
  /** A table takes some seconds; one in several regions longer. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  StoresCreateCommand() {}

  @Override
  public Integer call() {
    Settings read = settings.read();
    Map<String, String> stores = new LinkedHashMap<>();
    stores.put("config_kv", read.configKv());
    stores.put("jobs_kv", read.jobsKv());
    Clock clock = new SystemClock();
    PrintWriter out = spec.commandLine().getOut();
    try (Adapters adapters = new Adapters(clock)) {
      stores.forEach((setting, uri) -> out.println(setting + ": "
          + adapters.create(setting, uri, Deadline.in(PATIENCE, clock)).orElse("nothing to make")));
    }
    return ExitCode.OK;
  }
}
