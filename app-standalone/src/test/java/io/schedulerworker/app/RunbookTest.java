package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.alerts.AlertKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the service or Prometheus alerts of, the runbook says what to do. */
class RunbookTest {
  private static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final Pattern RULE = Pattern.compile("alert: (\\w+)");
  private static final Pattern RUNBOOK =
      Pattern.compile("\n## Runbook\n(.*?)\n## ", Pattern.DOTALL);

  private static String runbook() throws IOException {
    return RUNBOOK
        .matcher(Files.readString(OPERATIONS))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyAlertIsInIt() throws IOException {
    assertThat(AlertKind.texts())
        .allSatisfy(kind -> assertThat(runbook()).contains("`" + kind + "`"));
  }

  @Test
  void everyAlertRuleIsInIt() throws IOException {
    List<String> rules = RULE.matcher(Files.readString(MonitoringFiles.RULES))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
    assertThat(rules).hasSizeGreaterThan(20);
    assertThat(rules).allSatisfy(rule -> assertThat(runbook()).contains("`" + rule + "`"));
  }
}
