package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Owed;
import io.schedulerworker.model.Pause;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a schedule as JSON: {@code {"definition":…,"cron":…,"zone":…,"zoneRules":…,"since":…,"settledUntil":…,
 * "pausedSince":…,"pauses":[{"from":…,"to":…}],"owed":[{"fireTime":…,"cause":…,"notBefore":…}],"abandoned":…,"fates":[…]}},
 * further fields after them. Where there are no pauses, nothing is owed, or nothing was abandoned, the field is left out.
 */
public final class LedgerJson {
  private static final String WHAT = "the schedule's ledger";
  private static final String DEFINITION = "definition";
  private static final String CRON = "cron";
  private static final String ZONE = "zone";
  private static final String ZONE_RULES = "zoneRules";
  private static final String SINCE = "since";
  private static final String SETTLED_UNTIL = "settledUntil";
  private static final String PAUSED_SINCE = "pausedSince";
  private static final String PAUSES = "pauses";
  private static final String OWED = "owed";
  private static final String FATES = "fates";
  private static final String ABANDONED = "abandoned";
  private static final int CHARACTERS = 512;
  private static final int CHARACTERS_PER_FATE = 160;

  private final Map<String, JsonText> extras = Json.newFields();
  private final List<Pause> pauses = new ArrayList<>();
  private final List<Owed> owed = new ArrayList<>();
  private final List<Fate> fates = new ArrayList<>();
  private @Nullable String definition;
  private @Nullable String cron;
  private @Nullable String zone;
  private @Nullable String zoneRules;
  private @Nullable Instant since;
  private @Nullable Instant settledUntil;
  private @Nullable Instant pausedSince;
  private int abandoned;

  private LedgerJson() {}

  /**
   * Reads a ledger.
   *
   * @param text its JSON
   * @return the ledger
   * @throws FormatException if the text is no ledger; the message names the field
   */
  public static Ledger read(String text) {
    return Json.read(WHAT, text, LedgerJson::read);
  }

  private static Ledger read(JsonSource parser) throws IOException {
    LedgerJson reader = new LedgerJson();
    Members.document(parser, name -> reader.member(parser, name));
    return reader.ledger();
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case DEFINITION -> definition = Members.string(parser, DEFINITION);
      case CRON -> cron = Members.string(parser, CRON);
      case ZONE -> zone = Members.string(parser, ZONE);
      case ZONE_RULES -> zoneRules = Members.stringOrNull(parser, ZONE_RULES);
      case SINCE -> since = Members.instant(parser, SINCE);
      case SETTLED_UNTIL -> settledUntil = Members.instant(parser, SETTLED_UNTIL);
      case PAUSED_SINCE -> pausedSince = Members.instantOrNull(parser, PAUSED_SINCE);
      case PAUSES -> Members.array(parser, PAUSES, () -> pauses.add(PauseJson.read(parser)));
      case OWED -> Members.array(parser, OWED, () -> owed.add(OwedJson.read(parser)));
      case ABANDONED -> abandoned = Members.integer(parser, ABANDONED);
      case FATES -> Members.array(parser, FATES, () -> fates.add(FateJson.read(parser)));
      default -> extras.put(name, parser.value());
    }
  }

  private Ledger ledger() {
    return new Ledger(
        Members.required(definition, WHAT, DEFINITION),
        Members.required(cron, WHAT, CRON),
        Members.required(zone, WHAT, ZONE),
        zoneRules,
        Members.required(since, WHAT, SINCE),
        Members.required(settledUntil, WHAT, SETTLED_UNTIL),
        pausedSince,
        pauses,
        owed,
        fates,
        abandoned,
        Json.extras(extras));
  }

  /**
   * Writes a ledger.
   *
   * @param ledger what to write
   * @return compact JSON
   */
  public static String write(Ledger ledger) {
    int entries = ledger.fates().size() + ledger.owed().size() + ledger.pauses().size();
    int expected = CHARACTERS + entries * CHARACTERS_PER_FATE;
    return Json.write(expected, generator -> write(generator, ledger));
  }

  private static void write(JsonGenerator generator, Ledger ledger) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(DEFINITION, ledger.definition());
    generator.writeStringField(CRON, ledger.cron());
    generator.writeStringField(ZONE, ledger.zone());
    if (ledger.zoneRules() != null) {
      generator.writeStringField(ZONE_RULES, ledger.zoneRules());
    }
    generator.writeStringField(SINCE, ledger.since().toString());
    generator.writeStringField(SETTLED_UNTIL, ledger.settledUntil().toString());
    Instant paused = ledger.pausedSince();
    generator.writeStringField(PAUSED_SINCE, paused == null ? null : paused.toString());
    if (!ledger.pauses().isEmpty()) {
      writeArray(generator, PAUSES, ledger.pauses(), PauseJson::write);
    }
    if (!ledger.owed().isEmpty()) {
      writeArray(generator, OWED, ledger.owed(), OwedJson::write);
    }
    if (ledger.abandoned() > 0) {
      generator.writeNumberField(ABANDONED, ledger.abandoned());
    }
    writeArray(generator, FATES, ledger.fates(), FateJson::write);
    Json.write(generator, ledger.extras());
    generator.writeEndObject();
  }

  private static <T> void writeArray(
      JsonGenerator generator, String name, List<T> elements, Element<T> element)
      throws IOException {
    generator.writeArrayFieldStart(name);
    for (T each : elements) {
      element.write(generator, each);
    }
    generator.writeEndArray();
  }

  /** Writes one element of a list. */
  @FunctionalInterface
  private interface Element<T> {
    void write(JsonGenerator generator, T element) throws IOException;
  }
}
