package io.schedulerworker.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Kpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Looks into a KPI's {@code metadata}, which is kept as text. */
public final class KpiMetadata {
  private KpiMetadata() {}

  /**
   * One member of a KPI's metadata as text.
   *
   * @param kpi whose
   * @param name the member's name
   * @return its text, numbers and booleans as JSON writes them; empty if the metadata is absent or no object, or the member
   *     is absent, null, an object or a list
   */
  public static Optional<String> text(Kpi kpi, String name) {
    if (kpi.metadata() == null) {
      return Optional.empty();
    }
    try {
      JsonNode member = Json.node(kpi.metadata()).path(name);
      return member.isValueNode() && !member.isNull()
          ? Optional.of(member.asText())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }
}
