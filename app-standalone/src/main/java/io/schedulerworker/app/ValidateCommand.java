package io.schedulerworker.app;

import io.schedulerworker.app.api.HostFindings;
import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import io.schedulerworker.app.settings.Finding;
import io.schedulerworker.app.settings.SettingsReader;
import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.port.KvStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: what is wrong with a file, before anything runs with it. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Checks a registry (JSON) or a settings file (TOML, wrangler.toml too).",
    footer = {
      "",
      "Prints every finding with its place. Which hosts a registry may name, the settings say.",
      "Exit code: 0 no error, warnings at most, 2 an error."
    })
final class ValidateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "What to check.")
  private Path file;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ValidateCommand() {}

  @Override
  public Integer call() {
    String text = text();
    return isRegistry(text) ? registry(text) : settings(text);
  }

  private String text() {
    try {
      return TextFile.read(file, "file", KvStore.MAX_VALUE_BYTES);
    } catch (UnreadableFileException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  /** No TOML begins with a brace, and whoever calls a file .json means JSON. */
  private boolean isRegistry(String text) {
    return text.stripLeading().startsWith("{") || file.toString().endsWith(".json");
  }

  private int registry(String text) {
    try {
      KpiRegistry registry = RegistryJson.read(text);
      List<RegistryFinding> findings =
          HostFindings.with(registry, settings.read().n8n().reach());
      findings.forEach(finding -> say("warning", finding.toString()));
      if (registry.active().isEmpty()) {
        say("error", "no KPI is active and can be called: no job can be made of this registry");
      }
      say(
          "registry",
          "%d KPIs, %d active, %s"
              .formatted(
                  registry.entries().size(), registry.active().size(), count(findings.size())));
      return registry.active().isEmpty() ? ExitCode.USER : ExitCode.OK;
    } catch (FormatException e) {
      say("error", String.valueOf(e.getMessage()));
      return ExitCode.USER;
    }
  }

  private int settings(String text) {
    List<Finding> findings = SettingsReader.check(text, file.toString()).findings();
    findings.forEach(finding -> say(finding.isError() ? "error" : "warning", finding.toString()));
    long errors = findings.stream().filter(Finding::isError).count();
    say("settings", count(findings.size()) + ", " + errors + (errors == 1 ? " error" : " errors"));
    return errors > 0 ? ExitCode.USER : ExitCode.OK;
  }

  private static String count(int findings) {
    return findings == 1 ? "1 finding" : findings + " findings";
  }

  private void say(String kind, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(kind + ": " + what);
  }
}
