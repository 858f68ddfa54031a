package io.schedulerworker.app.settings;

import io.schedulerworker.app.settings.Finding.Severity;
import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, in the order in which it is found. Not thread-safe. */
final class Findings {
  private static final int LONGEST = 600;

  private final List<Finding> all = new ArrayList<>();

  void error(String place, String what) {
    add(Severity.ERROR, place, what);
  }

  void warning(String place, String what) {
    add(Severity.WARNING, place, what);
  }

  private void add(Severity severity, String place, String what) {
    all.add(new Finding(severity, Texts.line(place, LONGEST), Texts.line(what, LONGEST)));
  }

  boolean hasErrors() {
    return all.stream().anyMatch(Finding::isError);
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
