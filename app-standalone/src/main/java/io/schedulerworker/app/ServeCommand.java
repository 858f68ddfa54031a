package io.schedulerworker.app;

import io.schedulerworker.app.settings.SettingsReader;
import io.schedulerworker.port.StoreInUseException;
import java.time.Duration;
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
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Mixin
  private SettingsMixin settings;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    SettingsReader.Result given = settings.readWithFindings();
    StopSignal signal = StopSignal.listen();
    try (Service service = start(given)) {
      LoggerFactory.getLogger(Service.LOGGER).info("settings: {}", given.shown());
      service.announce();
      signal.await();
    } finally {
      signal.stopped();
    }
    LoggerFactory.getLogger(Service.LOGGER).info("stopped");
    return ExitCode.OK;
  }

  /** A command that looks something up has a store in a file for a moment. */
  private static Service start(SettingsReader.Result given) throws InterruptedException {
    int tries = 1;
    while (true) {
      try {
        return Service.start(given.settings().orElseThrow(), given.findings());
      } catch (StoreInUseException e) {
        if (tries == TRIES) {
          throw e;
        }
        tries++;
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }
}
