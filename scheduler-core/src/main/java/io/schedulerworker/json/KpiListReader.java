package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.json.KpiReader.Problem;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.RegistryEntry;
import io.schedulerworker.model.RegistryFinding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the registry's list, an element at a time, so that the whole is never in memory twice. */
final class KpiListReader {
  private final List<RegistryEntry> entries = new ArrayList<>();
  private final List<RegistryFinding> findings = new ArrayList<>();
  private final Map<String, Integer> firstById = new HashMap<>();

  private KpiListReader() {}

  static KpiListReader read(JsonSource parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new FormatException("the registry's \"kpis\" must be a list");
    }
    KpiListReader list = new KpiListReader();
    KpiReader kpi = new KpiReader(parser);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      kpi.read();
      list.add(kpi);
    }
    return list;
  }

  List<RegistryEntry> entries() {
    return entries;
  }

  List<RegistryFinding> findings() {
    return findings;
  }

  private void add(KpiReader kpi) throws IOException {
    int index = entries.size();
    for (Problem problem : kpi.problems()) {
      findings.add(finding(index, kpi.id(), problem));
    }
    Integer first = kpi.id() == null ? null : firstById.putIfAbsent(kpi.id(), index);
    if (first == null) {
      entries.add(kpi.entry());
    } else {
      String reason = "repeats the id of kpis[" + first + "]";
      findings.add(finding(index, kpi.id(), new Problem(KpiFields.ID, reason, true)));
      entries.add(kpi.leftOut());
    }
  }

  private static RegistryFinding finding(int index, @Nullable String id, Problem problem) {
    return new RegistryFinding(index, id, problem.field(), problem.reason(), problem.fatal());
  }
}
