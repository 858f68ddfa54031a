package io.schedulerworker.app.settings;

import io.schedulerworker.json.KpiMetadata;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code select} says: a KPI is selected if each field named has one of the values given for it.
 *
 * @param wanted values by {@code id}, {@code type} or {@code metadata.<name>}
 */
record Selector(Map<String, List<String>> wanted) {
  static final String ID = "id";
  static final String TYPE = "type";
  static final String METADATA = "metadata.";

  KpiSelection selection() {
    if (wanted.isEmpty()) {
      return KpiSelection.all();
    }
    Map<String, Set<String>> sets = wanted.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    return KpiSelection.where(
        words(),
        kpi -> sets.entrySet().stream()
            .allMatch(field ->
                value(kpi, field.getKey()).map(field.getValue()::contains).orElse(false)));
  }

  List<String> ids() {
    return wanted.getOrDefault(ID, List.of());
  }

  private static Optional<String> value(Kpi kpi, String field) {
    return switch (field) {
      case ID -> Optional.of(kpi.id());
      case TYPE -> Optional.of(kpi.type());
      default -> KpiMetadata.text(kpi, field.substring(METADATA.length()));
    };
  }

  private String words() {
    return new TreeMap<>(wanted)
        .entrySet().stream()
            .map(field -> field.getKey() + " = "
                + field.getValue().stream().map(Texts::quote).collect(Collectors.joining(" or ")))
            .collect(Collectors.joining(" and "));
  }
}
