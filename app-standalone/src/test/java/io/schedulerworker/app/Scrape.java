package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of {@code /metrics}, read as the text format of Prometheus is specified: whatever else is in it fails. */
final class Scrape {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\n\"])*)\"";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
  private static final Pattern SAMPLE = Pattern.compile(
      "(" + NAME + ")" + "(?:\\{((?:" + LABEL + ",?)*)\\})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
  private static final Pattern LABELS = Pattern.compile(LABEL);
  private static final Set<String> OF_HISTOGRAMS = Set.of("le");

  /** What is said of all series of a name. */
  record Family(String type, String help, Set<String> labels) {}

  private final Map<String, Family> families = new TreeMap<>();
  private final Map<String, Set<String>> labels = new TreeMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final Set<String> labelValues = new LinkedHashSet<>();
  private String family = "";
  private String help = "";

  private Scrape() {}

  static Scrape of(String text) {
    Scrape scrape = new Scrape();
    assertThat(text).endsWith("\n");
    text.lines().forEach(scrape::line);
    return scrape;
  }

  static Scrape of(TestService service) {
    ApiClient.Reply reply = service.api().get("/metrics");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return of(reply.body());
  }

  private void line(String line) {
    Matcher said = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (said.matches()) {
      help = said.group(2);
    } else if (type.matches()) {
      family = type.group(1);
      families.put(family, new Family(type.group(2), help, new TreeSet<>()));
    } else {
      assertThat(sample.matches()).as(line).isTrue();
      sample(line, sample.group(1), sample.group(2) == null ? "" : sample.group(2));
    }
  }

  private void sample(String line, String name, String labelled) {
    assertThat(name).as("belongs to the family before it").startsWith(family);
    String series = line.substring(0, line.lastIndexOf(' '));
    String value = line.substring(line.lastIndexOf(' ') + 1).replace("Inf", "Infinity");
    assertThat(values.put(series, Double.valueOf(value))).as("twice: " + series).isNull();
    Set<String> names = labels.computeIfAbsent(name, each -> new TreeSet<>());
    Matcher each = LABELS.matcher(labelled);
    while (each.find()) {
      names.add(each.group(1));
      labelValues.add(each.group(2));
      if (!OF_HISTOGRAMS.contains(each.group(1))) {
        families.get(family).labels().add(each.group(1));
      }
    }
  }

  /** By name, as {@code # TYPE} says it. */
  Map<String, Family> families() {
    return families;
  }

  /** The labels that series of a name have, {@code le} of buckets too; null if there are no such series. */
  Set<String> labels(String series) {
    return labels.get(series);
  }

  Set<String> labelValues() {
    return labelValues;
  }

  Set<String> series() {
    return values.keySet();
  }

  /** Of a series as it is written, its labels in their order; 0 if there is none. */
  double value(String series) {
    return values.getOrDefault(series, 0.0);
  }
}
