package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of the Cloudflare Worker that came before us: its crons and its variables count. */
final class WranglerFile {
  private static final String FILE_NAME = "wrangler.toml";
  private static final List<String> MARKS = List.of("main", "compatibility_date", "kv_namespaces");
  private static final String VARS = "vars";
  private static final List<String> CRONS = List.of("triggers", "crons");

  private final TomlDocument document;
  private final Layer layer;
  private final Findings findings;
  private final List<String> ignored = new ArrayList<>();

  WranglerFile(TomlDocument document, Layer layer, Findings findings) {
    this.document = document;
    this.layer = layer;
    this.findings = findings;
  }

  static boolean is(TomlDocument document) {
    return document.name().endsWith(FILE_NAME) || MARKS.stream().anyMatch(document.root()::has);
  }

  void read() {
    members(List.of(), document.root());
    if (!ignored.isEmpty()) {
      String names =
          ignored.stream().map(each -> Texts.line(each, 40)).collect(Collectors.joining(", "));
      findings.warning(document.name(), "does not apply here and is ignored: " + names);
    }
  }

  private void members(List<String> path, JsonNode table) {
    for (Map.Entry<String, JsonNode> member : table.properties()) {
      List<String> inner = TomlDocument.child(path, member.getKey());
      if (inner.equals(CRONS)) {
        layer.give(new Target(Catalogue.CRONS, false), member.getValue(), document.place(inner));
      } else if (isRead(inner) && member.getValue().isObject()) {
        members(inner, member.getValue());
      } else if (path.equals(List.of(VARS))) {
        variable(inner, member.getKey(), member.getValue());
      } else {
        ignored.add(String.join(".", inner));
      }
    }
  }

  private static boolean isRead(List<String> path) {
    return path.equals(List.of(VARS)) || path.equals(CRONS.subList(0, 1));
  }

  /** As on Cloudflare, a number among the variables is as good as its text. */
  private void variable(List<String> path, String name, JsonNode value) {
    Target target = Names.VARIABLES.get(name);
    if (target == null || !value.isValueNode()) {
      ignored.add(String.join(".", path));
    } else if (!value.asText().isBlank()) {
      layer.give(target, TextNode.valueOf(value.asText()), document.place(path));
    }
  }
}
