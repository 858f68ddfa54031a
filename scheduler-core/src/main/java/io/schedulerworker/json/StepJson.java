package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a job as JSON: {@code {"epoch":1,"runs":{"kpi-a":{"status":"triggered",…}},"intents":["kpi-b"]}}, and {@code "audit"} as in
 * the record. What a run
 * does not say is left out, so that the steps of a job weigh less than its record.
 */
public final class StepJson {
  private static final String WHAT = "the step of a job";
  private static final String EPOCH = "epoch";
  private static final String RUNS = "runs";
  private static final String INTENTS = "intents";
  private static final String AUDIT = "audit";
  private static final int CHARACTERS_PER_RUN = 160;

  private final List<KpiRun> runs = new ArrayList<>();
  private final List<String> intents = new ArrayList<>();
  private @Nullable Integer epoch;
  private List<AuditLine> audit = List.of();

  private StepJson() {}

  /**
   * Reads a step.
   *
   * @param text its JSON
   * @return the step
   * @throws FormatException if the text is no step
   */
  public static Step read(String text) {
    return Json.read(WHAT, text, StepJson::read);
  }

  private static Step read(JsonSource parser) throws IOException {
    StepJson reader = new StepJson();
    Members.document(parser, name -> reader.member(parser, name));
    return new Step(
        Members.required(reader.epoch, WHAT, EPOCH), reader.runs, reader.intents, reader.audit);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case EPOCH -> epoch = Members.integer(parser, EPOCH);
      case RUNS -> Members.object(parser, RUNS, id -> runs.add(KpiRunJson.read(parser, id)));
      case INTENTS ->
        Members.array(parser, INTENTS, () -> intents.add(Members.string(parser, INTENTS)));
      case AUDIT -> audit = AuditLineJson.read(parser.value()).understood();
      default -> parser.skipChildren();
    }
  }

  /**
   * Writes a step.
   *
   * @param step what to write
   * @return compact JSON
   */
  public static String write(Step step) {
    int expected = (step.runs().size() + 1) * CHARACTERS_PER_RUN;
    return Json.write(expected, generator -> write(generator, step));
  }

  private static void write(JsonGenerator generator, Step step) throws IOException {
    generator.writeStartObject();
    generator.writeNumberField(EPOCH, step.epoch());
    if (!step.runs().isEmpty()) {
      generator.writeObjectFieldStart(RUNS);
      for (KpiRun run : step.runs()) {
        generator.writeFieldName(run.kpiId());
        KpiRunJson.writeBrief(generator, run);
      }
      generator.writeEndObject();
    }
    if (!step.intents().isEmpty()) {
      generator.writeArrayFieldStart(INTENTS);
      for (String id : step.intents()) {
        generator.writeString(id);
      }
      generator.writeEndArray();
    }
    if (!step.audit().isEmpty()) {
      generator.writeFieldName(AUDIT);
      AuditLineJson.write(generator, step.audit(), null);
    }
    generator.writeEndObject();
  }
}
