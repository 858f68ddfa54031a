package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads settings: flags over environment over file over defaults. */
public final class SettingsReader {
  private static final long LARGEST_FILE = 1 << 20;
  private static final String FILE_KIND = "settings file";

  private final Findings findings = new Findings();
  private Layer file = new Layer(findings);
  private Tables tables = Tables.NONE;

  private SettingsReader() {}

  /**
   * What came of reading.
   *
   * @param settings what to run with; empty if a finding is an error
   * @param findings all that is wrong
   * @param given what was set, each with its value, {@code ***} for a secret, and where it stands or whom it is for
   */
  public record Result(Optional<Settings> settings, List<Finding> findings, List<String> given) {
    /**
     * What was set, for a log.
     *
     * @return one line, without secrets
     */
    public String shown() {
      return given.isEmpty() ? "the defaults" : String.join(", ", given);
    }
  }

  /**
   * Reads all settings.
   *
   * @param flags values by flag, with its dashes
   * @param environment values by variable
   * @param config the settings file, if a flag names one; the variable {@code SCHEDULER_CONFIG} may do so too
   * @return settings or errors
   */
  public static Result read(
      Map<String, String> flags, Map<String, String> environment, Optional<Path> config) {
    SettingsReader reader = new SettingsReader();
    config.or(() -> variable(environment)).ifPresent(reader::takeFile);
    return reader.result(List.of(
        reader.flags(flags), EnvironmentLayer.read(environment, reader.findings), reader.file));
  }

  /**
   * Checks the text of a settings file, as if there were no flags and no variables.
   *
   * @param text its content
   * @param name its name for the findings' places
   * @return settings or errors
   */
  public static Result check(String text, String name) {
    SettingsReader reader = new SettingsReader();
    reader.takeText(text, name);
    return reader.result(List.of(reader.file));
  }

  private static Optional<Path> variable(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(EnvironmentLayer.CONFIG))
        .filter(name -> !name.isBlank())
        .map(Path::of);
  }

  private void takeFile(Path path) {
    try {
      takeText(TextFile.read(path, FILE_KIND, LARGEST_FILE), path.toString());
    } catch (UnreadableFileException e) {
      findings.error("--config", String.valueOf(e.getMessage()));
    }
  }

  private void takeText(String text, String name) {
    TomlDocument.parse(text, name, findings).ifPresent(this::takeDocument);
  }

  private void takeDocument(TomlDocument document) {
    if (WranglerFile.is(document)) {
      new WranglerFile(document, file, findings).read();
    } else {
      tables = new OwnFile(document, file, findings).read();
    }
  }

  private Layer flags(Map<String, String> flags) {
    Layer layer = new Layer(findings);
    flags.forEach((flag, text) -> {
      Target target = Names.FLAGS.get(flag);
      if (target == null) {
        throw new IllegalArgumentException("no flag of ours: " + flag);
      }
      layer.give(target, TextNode.valueOf(text), flag);
    });
    return layer;
  }

  private Result result(List<Layer> layers) {
    Values values = new Values(layers, findings);
    if (findings.hasErrors()) {
      return new Result(Optional.empty(), findings.all(), given(values));
    }
    Settings settings = new SettingsAssembly(values, findings).assemble(tables, place(layers));
    return new Result(
        findings.hasErrors() ? Optional.empty() : Optional.of(settings),
        findings.all(),
        given(values));
  }

  private List<String> given(Values values) {
    return Stream.of(
            values.given().stream(),
            tables.apiKeys().stream().map(ApiKeySettings::shown),
            tables.keys().stream().map(KeySettings::shown))
        .flatMap(lines -> lines)
        .toList();
  }

  private static String place(List<Layer> layers) {
    List<String> places = new ArrayList<>();
    layers.forEach(
        layer -> layer.get(Catalogue.CRONS).ifPresent(given -> places.add(given.place())));
    return places.isEmpty() ? "triggers.crons" : places.get(0);
  }
}
