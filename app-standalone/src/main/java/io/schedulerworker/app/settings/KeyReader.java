package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Credential;
import io.schedulerworker.reach.HostPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code [[n8n.keys]]}. */
final class KeyReader {
  static final List<String> PATH = List.of("n8n", "keys");

  private static final String WHAT = "key";
  private static final String KEY = "key";
  private static final String KEY_FILE = "key_file";
  private static final Set<String> KEYS = Set.of("hosts", KEY, KEY_FILE, "header", "scheme");

  private final TomlDocument document;
  private final Findings findings;
  private final TableSecret secrets;

  KeyReader(TomlDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
    this.secrets = new TableSecret(document, findings, KEY, ValueTypes.secret());
  }

  /** Those that can be used; the others are among the findings. */
  List<KeySettings> read(JsonNode list) {
    if (!list.isArray()) {
      findings.error(
          document.place(PATH), "n8n.keys is a list of tables: write [[n8n.keys]] above each");
      return List.of();
    }
    List<KeySettings> keys = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      key(TomlDocument.child(PATH, Integer.toString(i)), list.get(i)).ifPresent(keys::add);
    }
    return keys;
  }

  private Optional<KeySettings> key(List<String> path, JsonNode table) {
    if (!table.isObject()) {
      findings.error(document.place(path), "a key of n8n.keys is a table with hosts and key");
      return Optional.empty();
    }
    table.properties().forEach(member -> checkKnown(path, member.getKey()));
    TableReader values = new TableReader(document, findings, path, table, WHAT);
    Optional<List<HostPattern>> hosts = values.required("hosts", ValueTypes.hostPatterns());
    Optional<String> header = values.value("header", ValueTypes.text("a name"), Credential.HEADER);
    Optional<String> scheme = values.value("scheme", ValueTypes.keyScheme(), Credential.BEARER);
    Optional<SecretSource> key = secret(path, table);
    if (hosts.isEmpty() || header.isEmpty() || scheme.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    KeySettings settings = new KeySettings(hosts.get(), header.get(), scheme.get(), key.get());
    return checked(settings, document.place(path), findings);
  }

  /** What can be sent; what cannot is among the findings. */
  static Optional<KeySettings> checked(KeySettings settings, String place, Findings findings) {
    try {
      Credential unused = settings.credential(settings.key().first().reveal());
      return Optional.of(settings);
    } catch (IllegalArgumentException e) {
      findings.error(place, settings.key().name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkKnown(List<String> path, String key) {
    if (!KEYS.contains(key)) {
      findings.error(
          document.place(TomlDocument.child(path, key)),
          "a key of n8n.keys has no " + Texts.quote(key) + Nearest.hint(key, KEYS));
    }
  }

  private Optional<SecretSource> secret(List<String> path, JsonNode table) {
    JsonNode inline = table.get(KEY);
    JsonNode file = table.get(KEY_FILE);
    if ((inline == null) == (file == null)) {
      findings.error(document.place(path), "a key of n8n.keys has either key or key_file");
      return Optional.empty();
    }
    return secrets.read(path, name(path), table);
  }

  /** As {@code n8n.keys[0]}. */
  private static String name(List<String> path) {
    return "n8n.keys[" + path.get(path.size() - 1) + "]";
  }
}
