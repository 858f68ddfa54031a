package io.schedulerworker.model;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** What a zone's local times are, by their effect: databases that write the same rules differently are alike. */
final class ZoneRulesDigest {
  private static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2040-01-01T00:00:00Z");
  private static final int DIGITS = 16;

  private ZoneRulesDigest() {}

  static String of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    StringBuilder offsets = new StringBuilder().append(rules.getOffset(FROM));
    ZoneOffsetTransition next = rules.nextTransition(FROM);
    while (next != null && next.getInstant().isBefore(TO)) {
      offsets.append('\n').append(next.getInstant()).append(next.getOffsetAfter());
      next = rules.nextTransition(next.getInstant());
    }
    return Sha256.hex(offsets.toString()).substring(0, DIGITS);
  }
}
