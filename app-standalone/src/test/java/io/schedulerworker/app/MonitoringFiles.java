package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs} gives to Prometheus and Grafana, taken apart. */
final class MonitoringFiles {
  static final Path RULES = Path.of("..", "docs", "alerts", "scheduler-worker.rules.yml");
  static final Path DASHBOARD = Path.of("..", "docs", "grafana", "scheduler-worker.json");

  private static final Pattern EXPRESSION = Pattern.compile(" +expr: (.+)");
  private static final Pattern SHOWN = Pattern.compile("\\$labels\\.(\\w+)");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern CHOICE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

  private MonitoringFiles() {}

  /** An expression, and the labels of its result that are shown to somebody. */
  record Shown(String expression, List<String> labels) {}

  /** Those of the alert rules, each on one line and a plain text to YAML. */
  static List<Shown> rules() throws IOException {
    List<Shown> found = new ArrayList<>();
    for (String line : Files.readAllLines(RULES)) {
      Matcher expression = EXPRESSION.matcher(line);
      if (expression.matches()) {
        assertThat(expression.group(1)).doesNotContain(": ", " #").doesNotStartWith("\"");
        found.add(new Shown(expression.group(1), new ArrayList<>()));
      } else {
        SHOWN.matcher(line).results().forEach(each -> last(found).labels().add(each.group(1)));
      }
    }
    return found;
  }

  private static Shown last(List<Shown> found) {
    return found.get(found.size() - 1);
  }

  /** Those of the dashboard's panels. */
  static List<Shown> panels() throws IOException {
    return dashboard().findValues("targets").stream()
        .flatMap(JsonNode::valueStream)
        .map(target -> new Shown(
            target.path("expr").textValue(),
            LEGEND
                .matcher(target.path("legendFormat").textValue())
                .results()
                .map(each -> each.group(1))
                .toList()))
        .toList();
  }

  /** What the dashboard lets one choose from: a series, and a label of it. */
  static List<Shown> choices() throws IOException {
    return dashboard()
        .path("templating")
        .path("list")
        .valueStream()
        .filter(each -> each.path("type").asText().equals("query"))
        .map(each -> CHOICE.matcher(each.path("definition").textValue()))
        .map(MonitoringFiles::choice)
        .toList();
  }

  private static Shown choice(Matcher choice) {
    assertThat(choice.matches()).isTrue();
    return new Shown(choice.group(1), List.of(choice.group(2)));
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }
}
