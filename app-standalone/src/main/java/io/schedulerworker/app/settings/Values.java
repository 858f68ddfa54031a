package io.schedulerworker.app.settings;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the settings come to: of each the value of the first layer that has one. Wrong ones are found in every layer. */
final class Values {
  private static final int SHOWN = 80;

  private final Map<String, Taken> values = new HashMap<>();
  private static final Pattern CREDENTIALS = Pattern.compile("//.*@", Pattern.DOTALL);

  private final Findings findings;

  /** A value, and what it was read from. */
  private record Taken(Object value, Layer.Given given) {}

  Values(List<Layer> layers, Findings findings) {
    this.findings = findings;
    for (Layer layer : layers) {
      Catalogue.ALL.forEach(setting -> take(setting, layer));
    }
  }

  private void take(Setting<?> setting, Layer layer) {
    layer
        .get(setting)
        .flatMap(given -> read(setting, given))
        .ifPresent(value -> values.putIfAbsent(setting.key(), value));
  }

  private Optional<Taken> read(Setting<?> setting, Layer.Given given) {
    try {
      return Optional.of(new Taken(setting.type().read(given.value()), given));
    } catch (IllegalArgumentException e) {
      String shown = setting.isSecret() ? "" : " = " + shown(given.value());
      findings.error(given.place(), setting.key() + shown + problem(e, setting.type()));
      return Optional.empty();
    }
  }

  /** What is wrong, to be read after a name or a value. */
  static String problem(IllegalArgumentException e, ValueType<?> type) {
    String reason = e.getMessage() == null ? " is not allowed" : ": " + e.getMessage();
    return reason + "; expected " + type.allowed();
  }

  /** A key itself, where the path of its file belongs. */
  private static boolean isSecretByMistake(String value) {
    return value.contains("-----BEGIN");
  }

  /** A value as it may be shown: what stands before an @ in a URI may be a password. */
  static String shown(JsonNode value) {
    return Texts.line(json(value), SHOWN);
  }

  /** A node's own text would make a second mapper, a quarter of a second at each start. */
  private static String json(JsonNode value) {
    if (value.isTextual()) {
      return quoted(value.asText());
    }
    if (value.isArray()) {
      return value.valueStream().map(Values::json).collect(Collectors.joining(",", "[", "]"));
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String quoted(String text) {
    if (isSecretByMistake(text)) {
      return "***";
    }
    String shown = CREDENTIALS.matcher(text).replaceAll("//***@");
    return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(shown)) + "\"";
  }

  /** The value, the default if none is set, or nothing if there is no default either. */
  @SuppressWarnings("unchecked") // each value was read by the type of its own setting
  <T> Optional<T> find(Setting<T> setting) {
    Optional<T> value = taken(setting).map(taken -> (T) taken.value());
    return value.or(setting::defaultValue);
  }

  private Optional<Taken> taken(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.key()));
  }

  /** Where it is set; the setting's own name if it is nowhere. */
  String place(Setting<?> setting) {
    return taken(setting).map(taken -> taken.given().place()).orElse(setting.key());
  }

  /** All that is set, in the catalogue's order: value and place. */
  List<String> given() {
    return Catalogue.ALL.stream()
        .flatMap(setting -> taken(setting).map(taken -> given(setting, taken.given())).stream())
        .toList();
  }

  private static String given(Setting<?> setting, Layer.Given given) {
    String value = setting.isSecret() ? "***" : shown(given.value());
    return setting.key() + " = " + value + " (" + given.place() + ")";
  }

  boolean isSet(Setting<?> setting) {
    return taken(setting).isPresent();
  }

  /** A secret, and where it can be read anew. */
  Optional<SecretSource> source(Setting<Secret> setting) {
    return taken(setting)
        .map(taken -> new SecretSource(
            setting.key(), (Secret) taken.value(), taken.given().file()));
  }

  /** The value of a setting that has a default. */
  <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow();
  }
}
