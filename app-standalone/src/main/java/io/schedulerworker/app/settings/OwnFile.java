package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Texts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A settings file of ours: every key in it is known, or an error. */
final class OwnFile {
  private static final String SCHEDULES = "schedules";

  private static final Set<List<String>> LISTS =
      Set.of(List.of(SCHEDULES), KeyReader.PATH, ApiKeyReader.PATH);

  private static final Set<String> LIST_NAMES =
      LISTS.stream().map(OwnFile::name).collect(Collectors.toUnmodifiableSet());

  /** With the lists, for one that is written as a single table is meant as often. */
  private static final Set<String> TABLES = Stream.concat(
          Names.KEYS.keySet().stream().flatMap(OwnFile::tablesOf), LIST_NAMES.stream())
      .collect(Collectors.toUnmodifiableSet());

  private final TomlDocument document;
  private final Layer layer;
  private final Findings findings;

  OwnFile(TomlDocument document, Layer layer, Findings findings) {
    this.document = document;
    this.layer = layer;
    this.findings = findings;
  }

  /** Puts the values into the layer, and returns what stands in tables of its own. */
  Tables read() {
    members(List.of(), document.root());
    JsonNode schedules = document.root().path(SCHEDULES);
    JsonNode apiKeys = document.root().path(ApiKeyReader.NAME);
    JsonNode keys = document.root().at("/" + String.join("/", KeyReader.PATH));
    return new Tables(
        schedules.isMissingNode()
            ? List.of()
            : new ScheduleReader(document, findings).read(List.of(SCHEDULES), schedules),
        keys.isMissingNode() ? List.of() : new KeyReader(document, findings).read(keys),
        apiKeys.isMissingNode() ? List.of() : new ApiKeyReader(document, findings).read(apiKeys));
  }

  private void members(List<String> path, JsonNode table) {
    for (Map.Entry<String, JsonNode> member : table.properties()) {
      member(TomlDocument.child(path, member.getKey()), member.getValue());
    }
  }

  private void member(List<String> path, JsonNode value) {
    String key = name(path);
    if (LISTS.contains(path)) {
      // Read as a whole.
      return;
    }
    Target target = Names.KEYS.get(key);
    if (isTable(key) && value.isObject()) {
      members(path, value);
    } else if (isTable(key)) {
      findings.error(document.place(path), key + " is a table: write [" + key + "] above its keys");
    } else if (isTables(value)) {
      unknown(path, "no list of tables ", LIST_NAMES);
    } else if (target != null) {
      layer.give(target, value, document.place(path));
    } else {
      unknown(path, "no setting ", value.isObject() ? TABLES : Names.KEYS.keySet());
    }
  }

  private void unknown(List<String> path, String what, Collection<String> known) {
    String key = name(path);
    findings.error(
        document.place(path), "there is " + what + Texts.quote(key) + Nearest.hint(key, known));
  }

  private static String name(List<String> path) {
    return String.join(".", path);
  }

  private static boolean isTables(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).isObject();
  }

  /** What settings and lists stand in: {@code a} and {@code a.b} of {@code a.b.c}. */
  private static Stream<String> tablesOf(String key) {
    return IntStream.range(0, key.length())
        .filter(i -> key.charAt(i) == '.')
        .mapToObj(i -> key.substring(0, i));
  }

  private static boolean isTable(String key) {
    String prefix = key + ".";
    return Names.KEYS.keySet().stream().anyMatch(known -> known.startsWith(prefix));
  }
}
