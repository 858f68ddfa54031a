package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Owed;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One fire that is owed as JSON: {@code {"fireTime":…,"cause":…,"notBefore":…,"unless":…}}; the last only if there is one. */
final class OwedJson {
  private static final String WHAT = "a fire that is owed";
  private static final String FIRE_TIME = "fireTime";
  private static final String CAUSE = "cause";
  private static final String NOT_BEFORE = "notBefore";
  private static final String UNLESS = "unless";

  private @Nullable Instant fireTime;
  private Owed.@Nullable Cause cause;
  private @Nullable Instant notBefore;
  private @Nullable Instant unless;

  private OwedJson() {}

  static Owed read(JsonSource parser) throws IOException {
    OwedJson reader = new OwedJson();
    Members.object(parser, "owed", name -> reader.member(parser, name));
    return new Owed(
        Members.required(reader.fireTime, WHAT, FIRE_TIME),
        Members.required(reader.cause, WHAT, CAUSE),
        Members.required(reader.notBefore, WHAT, NOT_BEFORE),
        reader.unless);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case FIRE_TIME -> fireTime = Members.instant(parser, FIRE_TIME);
      case CAUSE -> cause = cause(parser, CAUSE);
      case NOT_BEFORE -> notBefore = Members.instant(parser, NOT_BEFORE);
      case UNLESS -> unless = Members.instantOrNull(parser, UNLESS);
      default -> parser.skipChildren();
    }
  }

  static Owed.Cause cause(JsonSource parser, String place) throws IOException {
    return Members.oneOf(parser, place, Owed.Cause.values(), Owed.Cause::text);
  }

  static void write(JsonGenerator generator, Owed owed) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(FIRE_TIME, owed.fireTime().toString());
    generator.writeStringField(CAUSE, owed.cause().text());
    generator.writeStringField(NOT_BEFORE, owed.notBefore().toString());
    Instant other = owed.unless();
    if (other != null) {
      generator.writeStringField(UNLESS, other.toString());
    }
    generator.writeEndObject();
  }
}
