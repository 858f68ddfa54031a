package io.schedulerworker.app;

import io.schedulerworker.app.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Settings files, our own and the Worker's. */
public final class SettingsFuzz {
  private static final Pattern NAMES_A_FILE =
      Pattern.compile("_file|\\\\u", Pattern.CASE_INSENSITIVE);

  private SettingsFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    if (NAMES_A_FILE.matcher(text).find()) {
      return;
    }
    SettingsReader.Result result = SettingsReader.check(text, "s.toml");
    Fuzzing.check(
        result.settings().isPresent() || !result.findings().isEmpty(), "refused without a word");
    result.findings().forEach(finding -> Fuzzing.checkLine(finding.toString()));
    Fuzzing.checkLine(result.shown().length() < 9_000 ? result.shown() : "long");
  }
}
