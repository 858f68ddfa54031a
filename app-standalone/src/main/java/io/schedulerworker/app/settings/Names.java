package io.schedulerworker.app.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which name stands for what, in each place that values come from. */
final class Names {
  static final Map<String, Target> KEYS = index(setting -> List.of(setting.key()), "_file");
  static final Map<String, Target> VARIABLES = index(Setting::variables, "_FILE");
  static final Map<String, Target> FLAGS = index(Setting::flags, "-file");

  private Names() {}

  private static Map<String, Target> index(
      Function<Setting<?>, List<String>> names, String fileSuffix) {
    Map<String, Target> targets = new LinkedHashMap<>();
    for (Setting<?> setting : Catalogue.ALL) {
      for (String name : names.apply(setting)) {
        targets.put(name, new Target(setting, false));
        if (setting.isSecret()) {
          targets.put(name + fileSuffix, new Target(setting, true));
        }
      }
    }
    return targets;
  }
}
