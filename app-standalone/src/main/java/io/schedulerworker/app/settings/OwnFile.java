package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Texts;
import java.util.List;
import java.util.Map;

/** A settings file of ours: every key in it is known, or an error. */
final class OwnFile {
  private static final String SCHEDULES = "schedules";

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
    String key = String.join(".", path);
    Target target = Names.KEYS.get(key);
    if (target != null) {
      layer.give(target, value, document.place(path));
    } else if (isTable(key) && value.isObject()) {
      members(path, value);
    } else if (isTable(key)) {
      findings.error(document.place(path), key + " is a table: write [" + key + "] above its keys");
    } else if (!isListOfTables(path)) {
      String hint = Nearest.hint(key, Names.KEYS.keySet());
      findings.error(document.place(path), "there is no setting " + Texts.quote(key) + hint);
    }
  }

  private static boolean isListOfTables(List<String> path) {
    return path.equals(List.of(SCHEDULES))
        || path.equals(KeyReader.PATH)
        || path.equals(ApiKeyReader.PATH);
  }

  private static boolean isTable(String key) {
    String prefix = key + ".";
    return Names.KEYS.keySet().stream().anyMatch(known -> known.startsWith(prefix));
  }
}
