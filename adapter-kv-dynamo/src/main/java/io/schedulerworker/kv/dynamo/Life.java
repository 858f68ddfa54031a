package io.schedulerworker.kv.dynamo;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Ttl;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is gone by our wall clock, in whole seconds: DynamoDB itself removes it days later. */
final class Life {
  private static final long CLOCKS_APART_SECONDS = 600;

  private final Clock clock;

  Life(Clock clock) {
    this.clock = clock;
  }

  long now() {
    return clock.now().getEpochSecond();
  }

  /** Rounded up: a life is never shorter than it was asked for. */
  Optional<Long> end(Ttl ttl) {
    return ttl.duration()
        .map(life -> clock.now().plus(life).plusNanos(999_999_999).getEpochSecond());
  }

  boolean isOver(Map<String, AttributeValue> item) {
    AttributeValue end = item.get(Schema.EXPIRES);
    return end != null && end.n() != null && Double.parseDouble(end.n()) <= now();
  }

  /** By everybody's clock. */
  boolean isLongOver(Map<String, AttributeValue> item) {
    AttributeValue end = item.get(Schema.EXPIRES);
    return end != null
        && end.n() != null
        && Double.parseDouble(end.n()) + CLOCKS_APART_SECONDS <= now();
  }
}
