package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.ScheduleId;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What started a job, as JSON: {@code {"id":…,"cron":…,"fireTime":…}}, or {@code {"id":"manual"}}. */
final class FireJson {
  private static final String ID = "id";
  private static final String CRON = "cron";
  private static final String FIRE_TIME = "fireTime";

  private FireJson() {}

  /** The fire; null if the value is not the contract's object. */
  static @Nullable Fire read(JsonNode node) {
    String id = node.path(ID).textValue();
    String cron = node.path(CRON).textValue();
    String fireTime = node.path(FIRE_TIME).textValue();
    boolean manual = node.size() == 1 && ScheduleId.MANUAL.value().equals(id);
    if (manual) {
      return Fire.manual();
    }
    return node.size() == 3 && id != null && cron != null && fireTime != null
        ? fire(id, cron, fireTime)
        : null;
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
