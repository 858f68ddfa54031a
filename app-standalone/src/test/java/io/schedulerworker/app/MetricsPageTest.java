package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schedulerworker.app.MonitoringFiles.Shown;
import io.schedulerworker.app.PromQl.Selection;
import io.schedulerworker.app.Scrape.Family;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.port.KvStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/metrics.md}, the dashboard and the alert rules to what a service says of itself. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final String BEGIN = "<!-- table: begin -->\n";
  private static final String END = "<!-- table: end -->\n";

  private static final Set<String> OF_TARGETS = Set.of("job", "instance");

  @TempDir
  static Path directory;

  private static Scrape scrape;

  @BeforeAll
  static void letAllHappen() throws IOException {
    scrape = BusyService.scrape(directory);
  }

  @Test
  void thePageListsEveryMetricAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    String current = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + table()
        + page.substring(page.indexOf(END));
    if ("write".equals(System.getProperty("metrics.docs"))) {
      Files.writeString(PAGE, current);
      return;
    }

    assertThat(page)
        .as("docs/metrics.md is older than the metrics; rewrite it with"
            + " mvn -pl app-standalone -am test -Dtest=MetricsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.docs=write")
        .isEqualTo(current);
  }

  private static String table() {
    return scrape.families().entrySet().stream()
        .map(MetricsPageTest::row)
        .collect(Collectors.joining(
            "", "\n| name | type | labels | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static String row(Map.Entry<String, Family> each) {
    Family family = each.getValue();
    String labels =
        family.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |%n"
        .formatted(each.getKey(), family.type(), labels, family.help());
  }

  @Test
  void allOursHaveThePrefixAndAMeaning() {
    assertThat(scrape.families()).allSatisfy((name, family) -> {
      assertThat(name).matches("(scheduler_worker|jvm|process|system)_[a-z0-9_]+");
      assertThat(family.help()).as(name).isNotBlank();
    });
  }

  static Stream<Shown> expressions() throws IOException {
    return Stream.of(MonitoringFiles.rules(), MonitoringFiles.panels(), MonitoringFiles.choices())
        .flatMap(List::stream);
  }

  /** Prometheus itself says whether it reached us, and where it found us. */
  @ParameterizedTest
  @MethodSource("expressions")
  void anExpressionIsAboutWhatThereIs(Shown shown) {
    PromQl read = PromQl.of(shown.expression());
    Set<String> known = new HashSet<>(OF_TARGETS);
    for (Selection selection : read.selections()) {
      Set<String> labels = selection.name().equals("up") ? OF_TARGETS : labels(selection.name());
      assertThat(labels).as(selection.name()).containsAll(selection.labels().keySet());
      known.addAll(labels);
    }
    assertThat(read.selections()).isNotEmpty();
    assertThat(known).containsAll(read.groupings()).containsAll(shown.labels());
    assertThat(texts()).containsAll(read.texts());
  }

  private static Set<String> labels(String series) {
    Set<String> labels = new HashSet<>(OF_TARGETS);
    assertThat(scrape.labels(series)).as("there is no " + series).isNotNull();
    labels.addAll(scrape.labels(series));
    return labels;
  }

  /** Those that are there, and those that may be. */
  private static Set<String> texts() {
    Set<String> texts = new HashSet<>(scrape.labelValues());
    texts.add("scheduler-worker");
    texts.add("broken");
    Arrays.stream(KvStoreException.Kind.values())
        .forEach(each -> texts.add(each.name().toLowerCase(Locale.ROOT)));
    Arrays.stream(KpiStatus.values()).forEach(each -> texts.add(each.text()));
    return texts;
  }

  @Test
  void theDashboardAndTheRulesAreAboutMostOfWhatThereIs() throws IOException {
    Set<String> used = expressions()
        .flatMap(each -> PromQl.of(each.expression()).selections().stream())
        .map(each -> each.name().replaceAll("_(bucket|count|sum)$", ""))
        .collect(Collectors.toSet());
    assertThat(scrape.families().keySet().stream()
            .filter(name -> name.startsWith("scheduler_worker_"))
            .filter(name -> !name.endsWith("_max")))
        .allSatisfy(name -> assertThat(used).contains(name));
  }

  @Test
  void namesInExpressionsAreFound() {
    PromQl read = PromQl.of(
        "sum by (a, le) (rate(x_total{b=~\"u|v\", c!=\"$d\"}[5m])) / on (e) y offset 5m > bool 0.5");
    assertThat(read.selections())
        .containsExactly(
            new Selection("x_total", Map.of("b", "u|v", "c", "$d")), new Selection("y", Map.of()));
    assertThat(read.groupings()).containsExactly("a", "le", "e");
    assertThat(read.texts()).containsExactlyInAnyOrder("u", "v");
    assertThatThrownBy(() -> PromQl.of("x;y")).hasMessageContaining(";y");
  }
}
