package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Lease;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lease as JSON: {@code {"owner":…,"claimant":…,"epoch":…,"sequence":…,"durationMs":…,"handedOver":…,"recorded":…,
 * "delivery":…,"schedule":{…},"cancelledBy":…}}, the last one if somebody did.
 */
public final class LeaseJson {
  private static final String WHAT = "the lease";
  private static final String OWNER = "owner";
  private static final String CLAIMANT = "claimant";
  private static final String EPOCH = "epoch";
  private static final String SEQUENCE = "sequence";
  private static final String DURATION = "durationMs";
  private static final String HANDED_OVER = "handedOver";
  private static final String RECORDED = "recorded";
  private static final String DELIVERY = "delivery";
  private static final String SCHEDULE = "schedule";
  private static final String CANCELLED_BY = "cancelledBy";
  private static final int CHARACTERS = 320;

  private @Nullable String owner;
  private @Nullable String claimant;
  private @Nullable Integer epoch;
  private @Nullable Long sequence;
  private @Nullable Long durationMs;
  private boolean handedOver;
  private boolean recorded;
  private @Nullable Delivery delivery;
  private @Nullable Fire fire;
  private @Nullable String cancelledBy;

  private LeaseJson() {}

  /**
   * Reads a lease.
   *
   * @param text its JSON
   * @return the lease
   * @throws FormatException if the text is no lease
   */
  public static Lease read(String text) {
    return Json.read(WHAT, text, LeaseJson::read);
  }

  private static Lease read(JsonSource parser) throws IOException {
    LeaseJson reader = new LeaseJson();
    Members.document(parser, name -> reader.member(parser, name));
    return new Lease(
        Members.required(reader.owner, WHAT, OWNER),
        Members.required(reader.claimant, WHAT, CLAIMANT),
        Members.required(reader.epoch, WHAT, EPOCH),
        Members.required(reader.sequence, WHAT, SEQUENCE),
        Duration.ofMillis(Members.required(reader.durationMs, WHAT, DURATION)),
        reader.handedOver,
        reader.recorded,
        Members.required(reader.delivery, WHAT, DELIVERY),
        Members.required(reader.fire, WHAT, SCHEDULE),
        reader.cancelledBy);
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case OWNER -> owner = Members.string(parser, OWNER);
      case CLAIMANT -> claimant = Members.string(parser, CLAIMANT);
      case EPOCH -> epoch = Members.integer(parser, EPOCH);
      case SEQUENCE -> sequence = Members.number(parser, SEQUENCE);
      case DURATION -> durationMs = Members.number(parser, DURATION);
      case HANDED_OVER -> handedOver = Members.truth(parser, HANDED_OVER);
      case RECORDED -> recorded = Members.truth(parser, RECORDED);
      case DELIVERY ->
        delivery = Members.oneOf(parser, DELIVERY, Delivery.values(), Delivery::text);
      case SCHEDULE -> fire = FireJson.read(parser.value());
      case CANCELLED_BY -> cancelledBy = Members.string(parser, CANCELLED_BY);
      default -> parser.skipChildren();
    }
  }

  /**
   * Writes a lease.
   *
   * @param lease what to write
   * @return compact JSON
   */
  public static String write(Lease lease) {
    return Json.write(CHARACTERS, generator -> write(generator, lease));
  }

  private static void write(JsonGenerator generator, Lease lease) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(OWNER, lease.owner());
    generator.writeStringField(CLAIMANT, lease.claimant());
    generator.writeNumberField(EPOCH, lease.epoch());
    generator.writeNumberField(SEQUENCE, lease.sequence());
    generator.writeNumberField(DURATION, lease.duration().toMillis());
    generator.writeBooleanField(HANDED_OVER, lease.handedOver());
    generator.writeBooleanField(RECORDED, lease.recorded());
    generator.writeStringField(DELIVERY, lease.delivery().text());
    generator.writeFieldName(SCHEDULE);
    FireJson.write(generator, lease.fire());
    if (lease.cancelledBy() != null) {
      generator.writeStringField(CANCELLED_BY, lease.cancelledBy());
    }
    generator.writeEndObject();
  }
}
