package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a secret of a table in a list of tables, which stands there or in a file; findings do not show it. */
final class TableSecret {
  private final TomlDocument document;
  private final Findings findings;
  private final String key;
  private final ValueType<Secret> type;

  TableSecret(TomlDocument document, Findings findings, String key, ValueType<Secret> type) {
    this.document = document;
    this.findings = findings;
    this.key = key;
    this.type = type;
  }

  String fileKey() {
    return key + "_file";
  }

  /**
   * The secret of a table.
   *
   * @param path the table's
   * @param name what messages call the secret
   * @return empty if it cannot be used, or if the table has neither key or both, which is for the caller to find
   */
  Optional<SecretSource> read(List<String> path, String name, JsonNode table) {
    JsonNode inline = table.get(key);
    JsonNode file = table.get(fileKey());
    if ((inline == null) == (file == null)) {
      return Optional.empty();
    }
    return inline == null ? ofFile(path, name, file) : inline(path, name, inline);
  }

  private Optional<SecretSource> inline(List<String> path, String name, JsonNode value) {
    try {
      return Optional.of(new SecretSource(name, type.read(value), Optional.empty()));
    } catch (IllegalArgumentException e) {
      findings.error(document.place(TomlDocument.child(path, key)), key + Values.problem(e, type));
      return Optional.empty();
    }
  }

  private Optional<SecretSource> ofFile(List<String> path, String name, JsonNode value) {
    try {
      Path file = Path.of(ValueTypes.text(value));
      Secret secret = type.read(TextNode.valueOf(SecretSource.read(file)));
      return Optional.of(new SecretSource(name, secret, Optional.of(file)));
    } catch (UnreadableFileException | IllegalArgumentException e) {
      String problem = e instanceof InvalidPathException ? "it is no path" : e.getMessage();
      findings.error(
          document.place(TomlDocument.child(path, fileKey())), fileKey() + ": " + problem);
      return Optional.empty();
    }
  }
}
