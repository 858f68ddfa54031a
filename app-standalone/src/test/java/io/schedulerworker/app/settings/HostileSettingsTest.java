package io.schedulerworker.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class HostileSettingsTest {
  @Property(tries = 2_000)
  void noTextBringsAnythingButFindings(@ForAll("texts") String text) {
    SettingsReader.Result result = SettingsReader.check(text, "s.toml");

    boolean hasErrors = result.findings().stream().anyMatch(Finding::isError);
    assertThat(result.settings().isEmpty()).isEqualTo(hasErrors);
  }

  /** Pieces of settings in any order, so that some of it is read. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "[",
            "]",
            "[[schedules]]",
            "\n",
            " = ",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "{",
            "}",
            ",",
            ".",
            "#",
            "\\",
            "port",
            "dispatch",
            "retries",
            "id",
            "cron",
            "select",
            "type",
            "metadata",
            "triggers",
            "crons",
            "n8n",
            "api_key_file",
            "1",
            "-7",
            "1e9",
            "true",
            "1979-05-27",
            "0 1 * * *",
            "\"x\"",
            "nan",
            "\u0000",
            "\uD800")
        .list()
        .ofMaxSize(24)
        .map(pieces -> String.join("", pieces));
  }
}
