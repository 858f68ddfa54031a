package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.ScheduleId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What started a job, as JSON: {@code {"id":…,"cron":…,"fireTime":…}}, or {@code {"id":"manual"}}. */
final class FireJson {
  private static final String ID = "id";
  private static final String CRON = "cron";
  private static final String FIRE_TIME = "fireTime";

  private FireJson() {}

  /** The fire; null if the value is not the contract's object. */
  static @Nullable Fire read(JsonText text) {
    Map<String, String> members = Json.read("what started the job", text.text(), FireJson::texts);
    String id = members.get(ID);
    String cron = members.get(CRON);
    String fireTime = members.get(FIRE_TIME);
    if (members.size() == 1 && ScheduleId.MANUAL.value().equals(id)) {
      return Fire.manual();
    }
    return members.size() == 3 && id != null && cron != null && fireTime != null
        ? fire(id, cron, fireTime)
        : null;
  }

  /** The members, of which each is a text; none if the value is anything else. */
  private static Map<String, String> texts(JsonSource parser) throws IOException {
    Map<String, @Nullable String> members = new HashMap<>();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Json.members(parser, name -> members.put(name, text(parser)));
    } else {
      parser.skipChildren();
    }
    return members.containsValue(null) ? Map.of() : members;
  }

  private static @Nullable String text(JsonSource value) throws IOException {
    String text = value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : null;
    value.skipChildren();
    return text;
  }

  private static @Nullable Fire fire(String id, String cron, String fireTime) {
    try {
      return new Fire(new ScheduleId(id), cron, Instant.parse(fireTime));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  static void write(JsonGenerator generator, Fire fire) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(ID, fire.schedule().value());
    if (fire.cron() != null && fire.fireTime() != null) {
      generator.writeStringField(CRON, fire.cron());
      generator.writeStringField(FIRE_TIME, fire.fireTime().toString());
    }
    generator.writeEndObject();
  }
}
