package io.schedulerworker.app;

import io.schedulerworker.app.settings.SettingsReader;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: schedules and HTTP, until a signal. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Fires the schedules and serves HTTP until SIGTERM or SIGINT.",
    footer = {
      "",
      "Every setting has a flag, a variable and a key of the settings file: docs/settings.md.",
      "Exit code: 0 stopped by a signal, 2 settings at fault, 3 a store belongs to another process."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin
  private SettingsMixin settings;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    SettingsReader.Result given = settings.readWithFindings();
    StopSignal signal = StopSignal.listen();
    try (Service service = Service.start(given.settings().orElseThrow(), given.findings())) {
      LoggerFactory.getLogger(Service.LOGGER).info("settings: {}", given.shown());
      service.announce();
      signal.await();
    } finally {
      signal.stopped();
    }
    LoggerFactory.getLogger(Service.LOGGER).info("stopped");
    return ExitCode.OK;
  }
}
