package io.schedulerworker.app.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TOML document, with the place of each key.
 *
 * @param name of the file
 * @param root its content
 * @param lines where the keys are
 */
record TomlDocument(String name, ObjectNode root, TomlLines lines) {
  private static final int DEEPEST = 100;

  /** Empty if the text is no TOML, which is then an error among the findings. */
  static Optional<TomlDocument> parse(String text, String name, Findings findings) {
    Optional<Integer> tooDeep = NestingGuard.tooDeep(text, DEEPEST);
    if (tooDeep.isPresent()) {
      findings.error(name + ":" + tooDeep.get(), "brackets are nested more than 100 deep");
      return Optional.empty();
    }
    try {
      JsonNode root = new TomlMapper().readTree(text);
      ObjectNode table =
          root instanceof ObjectNode object ? object : new TomlMapper().createObjectNode();
      return Optional.of(new TomlDocument(name, table, TomlLines.of(text)));
    } catch (JacksonException e) {
      findings.error(
          place(name, e.getLocation()), "this is no TOML: " + inWords(e.getOriginalMessage()));
      return Optional.empty();
    }
  }

  /** The parser's message, and what is wrong most often where it says little. */
  private static String inWords(String message) {
    boolean bare = message.startsWith("Unknown token") || message.startsWith("More data after");
    return bare
        ? message + " (texts and durations stand in quotes, like job_timeout = \"30m\")"
        : message;
  }

  private static String place(String name, JsonLocation location) {
    return location == null || location.getLineNr() < 1 ? name : name + ":" + location.getLineNr();
  }

  String place(List<String> path) {
    return name + ":" + lines.line(path);
  }

  /** The path of a member. */
  static List<String> child(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
