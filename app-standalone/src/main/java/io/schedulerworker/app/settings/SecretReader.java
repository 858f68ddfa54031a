package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Reads the key of a table of a list, which stands there or in a file. */
final class SecretReader {
  static final String KEY = "key";
  static final String KEY_FILE = "key_file";

  private final TomlDocument document;
  private final Findings findings;
  private final String list;
  private final TableSecret secrets;

  /** For the tables of a list, as {@code n8n.keys}. */
  SecretReader(TomlDocument document, Findings findings, String list) {
    this.document = document;
    this.findings = findings;
    this.list = list;
    this.secrets = new TableSecret(document, findings, KEY, ValueTypes.secret());
  }

  /** The key; empty if it cannot be had, and then it is among the findings. */
  Optional<SecretSource> read(List<String> path, JsonNode table) {
    if (table.has(KEY) == table.has(KEY_FILE)) {
      findings.error(document.place(path), "a key of " + list + " has either key or key_file");
      return Optional.empty();
    }
    return secrets.read(path, name(path), table);
  }

  /** As {@code n8n.keys[0]}. */
  private String name(List<String> path) {
    return list + "[" + path.get(path.size() - 1) + "]";
  }
}
