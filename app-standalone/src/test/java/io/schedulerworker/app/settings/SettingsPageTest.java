package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/settings.md} to the catalogue. */
final class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");
  private static final String BEGIN = "<!-- table: begin -->\n";
  private static final String END = "<!-- table: end -->\n";
  private static final String REWRITE = "write";

  @Test
  void thePageListsEverySetting() throws IOException {
    String page = Files.readString(PAGE);
    String current = before(page) + table() + page.substring(page.indexOf(END));
    if (REWRITE.equals(System.getProperty("settings.docs"))) {
      Files.writeString(PAGE, current);
      return;
    }

    assertThat(page)
        .as("docs/settings.md is older than the catalogue; rewrite it with"
            + " mvn -pl app-standalone -am test -Dtest=SettingsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.docs=write")
        .isEqualTo(current);
  }

  private static String before(String page) {
    return page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
  }

  private static String table() {
    String rows = Catalogue.ALL.stream().map(SettingsPageTest::row).collect(Collectors.joining());
    return "\n| key | default | what it is | further names |\n|---|---|---|---|\n" + rows + "\n";
  }

  private static String row(Setting<?> setting) {
    return "| `%s` | %s | %s Expected: %s. | %s |%n"
        .formatted(
            setting.key(),
            setting.defaultText().map(SettingsPageTest::code).orElse(""),
            setting.description(),
            setting.type().allowed(),
            further(setting));
  }

  private static String further(Setting<?> setting) {
    List<String> own = List.of(Setting.variable(setting.key()), Setting.flag(setting.key()));
    return Stream.concat(setting.variables().stream(), setting.flags().stream())
        .filter(name -> !own.contains(name))
        .map(SettingsPageTest::code)
        .collect(Collectors.joining(", "));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
