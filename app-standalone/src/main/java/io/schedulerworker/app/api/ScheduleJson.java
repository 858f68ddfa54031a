package io.schedulerworker.app.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/** Schedules as people look at them: what their ledgers say, and what follows from it. */
final class ScheduleJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAST_FATES = 5;

  private ScheduleJson() {}

  static String write(Map<ScheduleId, Ledger> ledgers, Instant now) {
    ObjectNode all = JSON.createObjectNode();
    ArrayNode list = all.putArray("schedules");
    ledgers.forEach((id, ledger) -> list.add(schedule(id, ledger, now)));
    return all.toString();
  }

  static String write(ScheduleId id, Ledger ledger, Instant now) {
    return schedule(id, ledger, now).toString();
  }

  private static ObjectNode schedule(ScheduleId id, Ledger ledger, Instant now) {
    ObjectNode stored = stored(ledger);
    ObjectNode schedule = JSON.createObjectNode();
    schedule.put("id", id.value());
    schedule.put("cron", ledger.cron());
    schedule.put("zone", Zones.shown(ledger.zone()));
    schedule.put("description", cron(ledger).map(CronExpression::describe).orElse(null));
    schedule.put("paused", ledger.pausedSince() != null);
    schedule.set("pausedSince", stored.get("pausedSince"));
    schedule.put("nextFireTime", next(ledger, now).map(Instant::toString).orElse(null));
    schedule.set("settledUntil", stored.get("settledUntil"));
    schedule.set(
        "owed", stored.path("owed").isArray() ? stored.get("owed") : JSON.createArrayNode());
    ArrayNode newest = schedule.putArray("lastFates");
    int count = stored.path("fates").size();
    for (int i = count - 1; i >= Math.max(0, count - LAST_FATES); i--) {
      newest.add(stored.path("fates").get(i));
    }
    return schedule;
  }

  private static ObjectNode stored(Ledger ledger) {
    try {
      return (ObjectNode) JSON.readTree(LedgerJson.write(ledger));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Empty for the dialect of another version. */
  private static Optional<CronExpression> cron(Ledger ledger) {
    try {
      return Optional.of(CronExpression.parse(ledger.cron()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> next(Ledger ledger, Instant now) {
    if (ledger.pausedSince() != null) {
      return Optional.empty();
    }
    Instant after = ledger.openAfter().isAfter(now) ? ledger.openAfter() : now;
    try {
      ZoneId zone = ZoneId.of(ledger.zone());
      return cron(ledger)
          .flatMap(cron -> cron.nextAfter(after.atZone(zone)))
          .map(ZonedDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
