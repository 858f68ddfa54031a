package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the environment. A variable that is set to nothing counts as not set. */
final class EnvironmentLayer {
  /** Names the settings file. */
  static final String CONFIG = "SCHEDULER_CONFIG";

  private static final String PREFIX = "SCHEDULER_";
  private static final Pattern SERVICE_LINK =
      Pattern.compile("SCHEDULER_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?)");

  private EnvironmentLayer() {}

  static Layer read(Map<String, String> environment, Findings findings) {
    Layer layer = new Layer(findings);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.values().removeIf(String::isBlank);
    variables.remove(CONFIG);
    withoutServiceLinks(variables);
    withoutOverridden(variables);
    variables.forEach((name, value) -> take(name, value, layer, findings));
    return layer;
  }

  /** Kubernetes sets these for a service that is named "scheduler", and means nothing by them. */
  private static void withoutServiceLinks(Map<String, String> variables) {
    variables.keySet().removeIf(name -> SERVICE_LINK.matcher(name).matches());
    String port = variables.get("SCHEDULER_PORT");
    if (port != null && port.matches("(tcp|udp)://.*")) {
      variables.remove("SCHEDULER_PORT");
    }
  }

  /** The scheme's own name goes before a general one such as PORT, which others may have set for all. */
  private static void withoutOverridden(Map<String, String> variables) {
    for (Setting<?> setting : Catalogue.ALL) {
      List<String> names = setting.variables();
      boolean isOwnSet =
          variables.containsKey(names.get(0)) || variables.containsKey(names.get(0) + "_FILE");
      if (isOwnSet) {
        names.subList(1, names.size()).forEach(alias -> {
          variables.remove(alias);
          variables.remove(alias + "_FILE");
        });
      }
    }
  }

  private static void take(String name, String value, Layer layer, Findings findings) {
    Target target = Names.VARIABLES.get(name);
    if (target != null) {
      layer.give(target, TextNode.valueOf(value), name);
    } else if (name.startsWith(PREFIX)) {
      findings.warning(
          name, "no setting has this name" + Nearest.hint(name, Names.VARIABLES.keySet()));
    }
  }
}
