package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.ClockBeat;
import io.schedulerworker.model.FormatException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clocks of all processes as JSON: {@code {"clocks":[{"owner":…,"number":…,"at":…}]}}. */
public final class ClockBeatsJson {
  private static final String WHAT = "the clocks of the processes";
  private static final String CLOCKS = "clocks";
  private static final String OWNER = "owner";
  private static final String NUMBER = "number";
  private static final String AT = "at";
  private static final int CHARACTERS_PER_BEAT = 96;

  private @Nullable String owner;
  private @Nullable Long number;
  private @Nullable Instant at;

  private ClockBeatsJson() {}

  /**
   * Reads the beats.
   *
   * @param text their JSON
   * @return one per process
   * @throws FormatException if the text is none of them
   */
  public static List<ClockBeat> read(String text) {
    return Json.read(WHAT, text, parser -> {
      List<ClockBeat> beats = new ArrayList<>();
      Members.document(parser, name -> {
        if (name.equals(CLOCKS)) {
          Members.array(parser, CLOCKS, () -> beats.add(beat(parser)));
        } else {
          parser.skipChildren();
        }
      });
      return beats;
    });
  }

  private static ClockBeat beat(JsonSource parser) throws IOException {
    ClockBeatsJson reader = new ClockBeatsJson();
    Members.object(parser, CLOCKS, name -> reader.member(parser, name));
    return new ClockBeat(
        Members.required(reader.owner, WHAT, OWNER),
        Members.required(reader.number, WHAT, NUMBER),
        Members.required(reader.at, WHAT, AT));
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case OWNER -> owner = Members.string(parser, OWNER);
      case NUMBER -> number = Members.number(parser, NUMBER);
      case AT -> at = Members.instant(parser, AT);
      default -> parser.skipChildren();
    }
  }

  /**
   * Writes the beats.
   *
   * @param beats one per process
   * @return compact JSON
   */
  public static String write(List<ClockBeat> beats) {
    return Json.write(beats.size() * CHARACTERS_PER_BEAT, generator -> {
      generator.writeStartObject();
      generator.writeArrayFieldStart(CLOCKS);
      for (ClockBeat beat : beats) {
        write(generator, beat);
      }
      generator.writeEndArray();
      generator.writeEndObject();
    });
  }

  private static void write(JsonGenerator generator, ClockBeat beat) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(OWNER, beat.owner());
    generator.writeNumberField(NUMBER, beat.number());
    generator.writeStringField(AT, beat.at().toString());
    generator.writeEndObject();
  }
}
