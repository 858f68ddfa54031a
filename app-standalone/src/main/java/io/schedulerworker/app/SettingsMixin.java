package io.schedulerworker.app;

import io.schedulerworker.app.settings.Finding;
import io.schedulerworker.app.settings.SettingFlags;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a command the settings and the flags that set them. */
final class SettingsMixin {
  private static final String NAME = "settings";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file: TOML, or a wrangler.toml. Variable: SCHEDULER_CONFIG.")
  private @Nullable Path config;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SettingsMixin() {}

  /** Adds the flags to every command that has a mixin named {@code settings}. */
  static void addFlags(CommandLine commands) {
    commands.getSubcommands().values().forEach(SettingsMixin::addFlags);
    CommandSpec spec = commands.getCommandSpec();
    if (spec.mixins().containsKey(NAME)) {
      SettingFlags.addTo(spec);
    }
  }

  /**
   * Reads the settings; logs what is merely odd.
   *
   * @throws UserException if they are wrong: a line for each finding
   */
  Settings read() {
    return readWithFindings().settings().orElseThrow();
  }

  /**
   * Reads the settings; logs what is merely odd.
   *
   * @return settings, and what is odd with them
   * @throws UserException if they are wrong: a line for each finding
   */
  SettingsReader.Result readWithFindings() {
    SettingsReader.Result result = SettingsReader.read(
        SettingFlags.given(command), System.getenv(), Optional.ofNullable(config));
    List<Finding> findings = result.findings();
    if (result.settings().isEmpty()) {
      throw wrong(findings);
    }
    findings.forEach(
        finding -> LoggerFactory.getLogger(SettingsMixin.class).warn("settings: {}", finding));
    return result;
  }

  private static UserException wrong(List<Finding> findings) {
    return new UserException(
        findings.stream().filter(Finding::isError).map(Finding::toString).toList());
  }
}
