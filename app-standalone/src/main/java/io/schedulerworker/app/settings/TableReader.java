package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Reads typed values of one table of a file; what is wrong goes to the findings, which call the table what it is. */
final class TableReader {
  private final TomlDocument document;
  private final Findings findings;
  private final List<String> path;
  private final JsonNode table;
  private final String what;

  TableReader(
      TomlDocument document, Findings findings, List<String> path, JsonNode table, String what) {
    this.document = document;
    this.findings = findings;
    this.path = path;
    this.table = table;
    this.what = what;
  }

  <T> Optional<T> required(String key, ValueType<T> type) {
    JsonNode value = table.get(key);
    if (value == null) {
      findings.error(
          document.place(path), "this " + what + " has no " + key + "; expected " + type.allowed());
      return Optional.empty();
    }
    return read(key, value, type);
  }

  /** Where a key is set; empty if it is not. */
  Optional<String> place(String key) {
    return Optional.ofNullable(table.get(key))
        .map(value -> document.place(TomlDocument.child(path, key)));
  }

  <T> Optional<T> value(String key, ValueType<T> type, T otherwise) {
    JsonNode value = table.get(key);
    return value == null ? Optional.of(otherwise) : read(key, value, type);
  }

  private <T> Optional<T> read(String key, JsonNode value, ValueType<T> type) {
    return read(TomlDocument.child(path, key), key, value, type);
  }

  /** A value that stands at some place, under the name that findings give it. */
  <T> Optional<T> read(List<String> place, String name, JsonNode value, ValueType<T> type) {
    try {
      return Optional.of(type.read(value));
    } catch (IllegalArgumentException e) {
      findings.error(
          document.place(place), name + " = " + Values.shown(value) + Values.problem(e, type));
      return Optional.empty();
    }
  }
}
