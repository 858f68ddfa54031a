package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that can be set.
 *
 * @param <T> the type of its values
 * @param key its name in the file, for example {@code dispatch.connect_timeout}
 * @param type which values it may have
 * @param defaultText the default as it would be written; empty if there is none, or if it depends on others
 * @param isSecret whether its value is never shown, and may be read from a file
 * @param aliases other names: variables in capitals, flags with their dashes
 * @param description one line
 */
record Setting<T>(
    String key,
    ValueType<T> type,
    Optional<String> defaultText,
    boolean isSecret,
    List<String> aliases,
    String description) {

  static <T> Setting<T> of(String key, ValueType<T> type, String defaultText, String description) {
    return new Setting<>(key, type, Optional.of(defaultText), false, List.of(), description);
  }

  static <T> Setting<T> unset(String key, ValueType<T> type, String description) {
    return new Setting<>(key, type, Optional.empty(), false, List.of(), description);
  }

  static Setting<Secret> secret(String key, String description) {
    return new Setting<>(key, ValueTypes.secret(), Optional.empty(), true, List.of(), description);
  }

  static Setting<Secret> secret(String key, ValueType<Secret> type, String description) {
    return new Setting<>(key, type, Optional.empty(), true, List.of(), description);
  }

  Setting<T> alias(String... names) {
    return new Setting<>(key, type, defaultText, isSecret, List.of(names), description);
  }

  /** The default; empty if there is none. */
  Optional<T> defaultValue() {
    return defaultText.map(text -> type.read(TextNode.valueOf(text)));
  }

  List<String> variables() {
    return names(variable(key), false);
  }

  List<String> flags() {
    return names(flag(key), true);
  }

  private List<String> names(String own, boolean wantsFlags) {
    List<String> further =
        aliases.stream().filter(alias -> alias.startsWith("-") == wantsFlags).toList();
    return Stream.concat(Stream.of(own), further.stream()).toList();
  }

  static String variable(String key) {
    return "SCHEDULER_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  static String flag(String key) {
    return "--" + key.replace('_', '-');
  }
}
