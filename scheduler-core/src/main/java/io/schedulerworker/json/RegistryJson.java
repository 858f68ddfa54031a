package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.LeftOutKpi;
import io.schedulerworker.model.RegistryEntry;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The KPI registry as JSON, in the shape of the contract's section 1. */
public final class RegistryJson {
  private static final String KPIS = "kpis";
  private static final String METADATA = "metadata";
  private static final int CHARACTERS_PER_KPI = 512;

  private RegistryJson() {}

  /**
   * Reads a registry. A KPI that cannot be called is a finding; the others are read.
   *
   * @param text the JSON, up to 64 MB; a byte order mark is passed over
   * @return the registry
   * @throws FormatException if the text is no registry: not JSON, not an object, {@code kpis} missing or no list
   */
  public static KpiRegistry read(String text) {
    return Json.readAlike("the registry", text, RegistryJson::read);
  }

  private static KpiRegistry read(JsonSource parser) throws IOException {
    if (parser.currentToken() == null) {
      throw FormatException.malformed(
          "the registry is empty: it must be a JSON object with a list \"kpis\"");
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new FormatException("the registry must be a JSON object with a list \"kpis\"");
    }
    Reader reader = new Reader();
    Json.members(parser, name -> reader.member(parser, name));
    return reader.registry();
  }

  /**
   * Writes a registry: the contract's fields in the contract's order, further ones after them.
   *
   * @param registry what to write
   * @return compact JSON
   */
  public static String write(KpiRegistry registry) {
    int expected = registry.entries().size() * CHARACTERS_PER_KPI;
    return Json.write(expected, generator -> write(generator, registry));
  }

  private static void write(JsonGenerator generator, KpiRegistry registry) throws IOException {
    generator.writeStartObject();
    generator.writeArrayFieldStart(KPIS);
    for (RegistryEntry entry : registry.entries()) {
      write(generator, entry);
    }
    generator.writeEndArray();
    if (registry.metadata() != null) {
      generator.writeFieldName(METADATA);
      generator.writeRawValue(registry.metadata().text());
    }
    Json.write(generator, registry.extras());
    generator.writeEndObject();
  }

  private static void write(JsonGenerator generator, RegistryEntry entry) throws IOException {
    if (entry instanceof Kpi kpi) {
      KpiWriter.write(generator, kpi);
    } else if (entry instanceof LeftOutKpi leftOut) {
      generator.writeRawValue(leftOut.text().text());
    }
  }

  /** Gathers the members of the outermost object. */
  private static final class Reader {
    private final Map<String, JsonText> extras = Json.newFields();
    private @Nullable KpiListReader kpis;
    private @Nullable JsonText metadata;

    void member(JsonSource parser, String name) throws IOException {
      switch (name) {
        case KPIS -> kpis = KpiListReader.read(parser);
        case METADATA -> metadata = parser.value();
        default -> extras.put(name, parser.value());
      }
    }

    KpiRegistry registry() {
      if (kpis == null) {
        throw new FormatException("the registry has no \"kpis\": it must be a list");
      }
      return new KpiRegistry(kpis.entries(), metadata, Json.extras(extras), kpis.findings());
    }
  }
}
