package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the key of a table, which stands there or in a file. */
final class SecretReader {
  static final String KEY = "key";
  static final String KEY_FILE = "key_file";

  private final TomlDocument document;
  private final Findings findings;
  private final String list;

  /** For the tables of a list, as {@code n8n.keys}. */
  SecretReader(TomlDocument document, Findings findings, String list) {
    this.document = document;
    this.findings = findings;
    this.list = list;
  }

  /** The key; empty if it cannot be had, and then it is among the findings. */
  Optional<SecretSource> read(List<String> path, JsonNode table) {
    JsonNode inline = table.get(KEY);
    JsonNode file = table.get(KEY_FILE);
    if ((inline == null) == (file == null)) {
      findings.error(document.place(path), "a key of " + list + " has either key or key_file");
      return Optional.empty();
    }
    return inline == null ? ofFile(path, file) : inline(path, inline);
  }

  /** As {@code n8n.keys[0]}. */
  private String name(List<String> path) {
    return list + "[" + path.get(path.size() - 1) + "]";
  }

  private Optional<SecretSource> inline(List<String> path, JsonNode value) {
    try {
      Secret secret = ValueTypes.secret().read(value);
      return Optional.of(new SecretSource(name(path), secret, Optional.empty()));
    } catch (IllegalArgumentException e) {
      findings.error(
          document.place(TomlDocument.child(path, KEY)),
          KEY + Values.problem(e, ValueTypes.secret()));
      return Optional.empty();
    }
  }

  private Optional<SecretSource> ofFile(List<String> path, JsonNode value) {
    try {
      Path file = Path.of(ValueTypes.text(value));
      Secret secret = ValueTypes.secret().read(TextNode.valueOf(SecretSource.read(file)));
      return Optional.of(new SecretSource(name(path), secret, Optional.of(file)));
    } catch (UnreadableFileException | IllegalArgumentException e) {
      String problem = e instanceof InvalidPathException ? "it is no path" : e.getMessage();
      findings.error(document.place(TomlDocument.child(path, KEY_FILE)), KEY_FILE + ": " + problem);
      return Optional.empty();
    }
  }
}
