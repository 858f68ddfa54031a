package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code [[api_keys]]}. */
final class ApiKeyReader {
  static final String NAME = "api_keys";
  static final List<String> PATH = List.of(NAME);

  private static final String WHAT = "key";
  private static final Set<String> KEYS =
      Set.of("name", SecretReader.KEY, SecretReader.KEY_FILE, "read_only");

  private static final Pattern KEY_NAME = Pattern.compile("[a-z0-9_-]{1,64}");

  /** Records say this where nobody's key did something, but the setting. */
  private static final String TAKEN = Catalogue.RETRY_UNFINISHED.key();

  private static final ValueType<String> NAMES =
      new ValueType<>("1 to 64 of a-z, 0-9, _ and -, not \"" + TAKEN + "\"", value -> {
        String name = ValueTypes.text(value);
        if (!KEY_NAME.matcher(name).matches() || name.equals(TAKEN)) {
          throw new IllegalArgumentException();
        }
        return name;
      });

  private final TomlDocument document;
  private final Findings findings;

  ApiKeyReader(TomlDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  /** Those that can be used; the others are among the findings. */
  List<ApiKeySettings> read(JsonNode list) {
    if (!list.isArray()) {
      findings.error(
          document.place(PATH), "api_keys is a list of tables: write [[api_keys]] above each");
      return List.of();
    }
    List<ApiKeySettings> keys = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      key(TomlDocument.child(PATH, Integer.toString(i)), list.get(i)).ifPresent(keys::add);
    }
    return keys;
  }

  private Optional<ApiKeySettings> key(List<String> path, JsonNode table) {
    if (!table.isObject()) {
      findings.error(document.place(path), "a key of api_keys is a table with name and key");
      return Optional.empty();
    }
    table.properties().forEach(member -> checkKnown(path, member.getKey()));
    TableReader values = new TableReader(document, findings, path, table, WHAT);
    Optional<String> name = values.required("name", NAMES);
    Optional<Boolean> readOnly = values.value("read_only", ValueTypes.truth(), false);
    Optional<SecretSource> key = new SecretReader(document, findings, NAME).read(path, table);
    if (name.isEmpty() || readOnly.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ApiKeySettings(name.get(), key.get(), readOnly.get(), document.place(path)));
  }

  private void checkKnown(List<String> path, String key) {
    if (!KEYS.contains(key)) {
      findings.error(
          document.place(TomlDocument.child(path, key)),
          "a key of api_keys has no " + Texts.quote(key) + Nearest.hint(key, KEYS));
    }
  }
}
