package io.schedulerworker.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The settings as flags of commands. */
public final class SettingFlags {
  private static final String ALL_LISTED_BY = "serve";
  private static final Set<String> LISTED_BY_ALL =
      Set.of(Catalogue.CONFIG_KV.key(), Catalogue.JOBS_KV.key(), Catalogue.REGISTRY_FILE.key());

  private SettingFlags() {}

  /**
   * Adds a flag for each setting. The help of {@code serve} lists them all, that of other commands the commonest.
   *
   * @param command gets the flags
   */
  public static void addTo(CommandSpec command) {
    for (Setting<?> setting : Catalogue.ALL) {
      boolean listed =
          command.name().equals(ALL_LISTED_BY) || LISTED_BY_ALL.contains(setting.key());
      add(command, setting.flags(), setting.description() + defaultOf(setting), listed);
      if (setting.isSecret()) {
        List<String> names =
            setting.flags().stream().map(flag -> flag + "-file").toList();
        add(
            command,
            names,
            "Reads " + setting.key() + " from a file, where ps does not show it.",
            listed);
      }
    }
  }

  private static void add(
      CommandSpec command, List<String> names, String description, boolean listed) {
    command.addOption(OptionSpec.builder(names.toArray(String[]::new))
        .paramLabel("VALUE")
        .type(String.class)
        .description(escaped(description.replace("`", "")))
        .hidden(!listed)
        .build());
  }

  private static String defaultOf(Setting<?> setting) {
    return setting.defaultText().map(text -> " Default: " + text + ".").orElse("");
  }

  /** Picocli formats descriptions. */
  private static String escaped(String text) {
    return text.replace("%", "%%").replace("@|", "@ |");
  }

  /**
   * Those that were given.
   *
   * @param command after parsing
   * @return values by flag
   */
  public static Map<String, String> given(CommandSpec command) {
    Map<String, String> given = new LinkedHashMap<>();
    Names.FLAGS.keySet().forEach(flag -> {
      OptionSpec option = command.findOption(flag);
      String value = option == null ? null : option.getValue();
      if (value != null && option.longestName().equals(flag)) {
        given.put(flag, value);
      }
    });
    return given;
  }
}
