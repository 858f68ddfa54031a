package io.schedulerworker.app.settings;

import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the keys of the HTTP API together, and finds what is wrong with them. */
final class ApiKeyAssembly {
  /** What records and logs call the key that has no name of its own. */
  static final String GENERAL = "SCHEDULER_API_KEY";

  private static final int SHORTEST_GOOD = 16;

  private final Findings findings;
  private final Map<String, ApiKeySettings> byName = new HashMap<>();
  private final Map<String, ApiKeySettings> byKey = new HashMap<>();

  private ApiKeyAssembly(Findings findings) {
    this.findings = findings;
  }

  /** The general key, if there is one, and those of the file. */
  static List<ApiKeySettings> assemble(
      Values values, List<ApiKeySettings> named, Findings findings) {
    List<ApiKeySettings> all = new ArrayList<>();
    values
        .source(Catalogue.API_KEY)
        .map(key -> new ApiKeySettings(GENERAL, key, false, values.place(Catalogue.API_KEY)))
        .ifPresent(all::add);
    all.addAll(named);
    ApiKeyAssembly assembly = new ApiKeyAssembly(findings);
    all.forEach(assembly::check);
    return all;
  }

  private void check(ApiKeySettings settings) {
    String key = settings.key().first().reveal();
    ApiKeySettings namesake = byName.putIfAbsent(settings.name(), settings);
    if (namesake != null) {
      error(
          settings,
          "the name " + Texts.quote(settings.name()) + " is taken, by " + namesake.place());
    }
    ApiKeySettings twin = byKey.putIfAbsent(key, settings);
    if (twin != null) {
      error(settings, "this is the key of " + twin.name() + " too: each needs its own");
    }
    if (!key.equals(key.strip())) {
      error(settings, "the key begins or ends with a space, which no header carries");
    }
    if (key.length() < SHORTEST_GOOD) {
      findings.warning(
          settings.place(),
          settings.key().name() + ": the key has fewer than " + SHORTEST_GOOD
              + " characters, and may be guessed; openssl rand -hex 32 makes a good one");
    }
  }

  private void error(ApiKeySettings settings, String what) {
    findings.error(settings.place(), settings.key().name() + ": " + what);
  }
}
