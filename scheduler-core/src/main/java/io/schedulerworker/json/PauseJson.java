package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Pause;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One pause as JSON: {@code {"from":…,"to":…}}. */
final class PauseJson {
  private static final String WHAT = "a pause of the schedule";
  private static final String FROM = "from";
  private static final String TO = "to";

  private @Nullable Instant from;
  private @Nullable Instant to;

  private PauseJson() {}

  static Pause read(JsonSource parser) throws IOException {
    PauseJson reader = new PauseJson();
    Members.object(parser, "pauses", name -> reader.member(parser, name));
    return new Pause(
        Members.required(reader.from, WHAT, FROM), Members.required(reader.to, WHAT, TO));
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case FROM -> from = Members.instant(parser, FROM);
      case TO -> to = Members.instant(parser, TO);
      default -> parser.skipChildren();
    }
  }

  static void write(JsonGenerator generator, Pause pause) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(FROM, pause.from().toString());
    generator.writeStringField(TO, pause.to().toString());
    generator.writeEndObject();
  }
}
