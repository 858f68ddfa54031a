package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.schedulerworker.app.io.UnreadableFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values that come from one place: the flags, the environment or the file. */
final class Layer {
  private final Findings findings;
  private final Map<String, Given> values = new HashMap<>();

  /** A value as it was written, where, and the file that it was read from if it is a secret in one. */
  record Given(JsonNode value, String place, Optional<Path> file) {
    /** Where, for the value may be a secret. */
    @Override
    public String toString() {
      return "Given[" + place + "]";
    }
  }

  Layer(Findings findings) {
    this.findings = findings;
  }

  /** Takes a value, unless there is one already: then it must be the same. */
  void give(Target target, JsonNode value, String place) {
    if (!target.inFile()) {
      put(target.setting(), new Given(value, place, Optional.empty()));
      return;
    }
    try {
      Path file = Path.of(value.asText());
      TextNode text = TextNode.valueOf(SecretSource.read(file));
      put(target.setting(), new Given(text, place, Optional.of(file)));
    } catch (UnreadableFileException | InvalidPathException e) {
      findings.error(place, String.valueOf(e.getMessage()));
    }
  }

  private void put(Setting<?> setting, Given given) {
    Given first = values.putIfAbsent(setting.key(), given);
    if (first != null && !first.value().equals(given.value())) {
      findings.error(
          given.place(),
          "%s is set by %s already, to something else".formatted(setting.key(), first.place()));
    }
  }

  Optional<Given> get(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key()));
  }
}
