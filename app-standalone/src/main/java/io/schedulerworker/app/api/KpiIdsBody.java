package io.schedulerworker.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.app.http.ProblemException;
import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Which KPIs a request is about. A member that is misspelt must not turn a few KPIs into all of them. */
final class KpiIdsBody {
  private static final String KPI_IDS = "kpiIds";

  private KpiIdsBody() {}

  /** The ids, none if the text has none: all KPIs are meant; a {@link ProblemException} with 400 if it is not understood. */
  static List<String> read(String text) {
    if (text.isBlank()) {
      return List.of();
    }
    JsonNode body = JsonBody.read(text, "{\"kpiIds\":[\"a\"]}, or nothing");
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      checkName(names.next());
    }
    JsonNode ids = body.get(KPI_IDS);
    return ids == null ? List.of() : ids(ids);
  }

  private static void checkName(String name) {
    if (!name.equals(KPI_IDS)) {
      throw JsonBody.malformed("the body may have \"kpiIds\" alone, not " + Texts.quote(name));
    }
  }

  private static List<String> ids(JsonNode list) {
    if (!list.isArray() || list.isEmpty()) {
      throw JsonBody.malformed(
          "kpiIds must be a list of at least one id; leave it out to mean all");
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode id : list) {
      if (!id.isTextual()) {
        throw JsonBody.malformed("kpiIds[" + ids.size() + "] is not a string");
      }
      ids.add(id.textValue());
    }
    return ids;
  }
}
