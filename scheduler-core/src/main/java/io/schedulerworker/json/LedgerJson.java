package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Ledger;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a schedule as JSON: {@code {"definition":…,"cron":…,"zone":…,"since":…,"settledUntil":…,
 * "pausedSince":…,"fates":[…]}}, further fields after them.
 */
public final class LedgerJson {
  private static final String WHAT = "the schedule's ledger";
  private static final String DEFINITION = "definition";
  private static final String CRON = "cron";
  private static final String ZONE = "zone";
  private static final String SINCE = "since";
  private static final String SETTLED_UNTIL = "settledUntil";
  private static final String PAUSED_SINCE = "pausedSince";
  private static final String FATES = "fates";
  private static final int CHARACTERS = 512;
  private static final int CHARACTERS_PER_FATE = 160;

  private final Map<String, JsonText> extras = Json.newFields();
  private final List<Fate> fates = new ArrayList<>();
  private @Nullable String definition;
  private @Nullable String cron;
  private @Nullable String zone;
  private @Nullable Instant since;
  private @Nullable Instant settledUntil;
  private @Nullable Instant pausedSince;

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
      case SINCE -> since = Members.instant(parser, SINCE);
      case SETTLED_UNTIL -> settledUntil = Members.instant(parser, SETTLED_UNTIL);
      case PAUSED_SINCE -> pausedSince = Members.instantOrNull(parser, PAUSED_SINCE);
      case FATES -> Members.array(parser, FATES, () -> fates.add(FateJson.read(parser)));
      default -> extras.put(name, parser.value());
    }
  }

  private Ledger ledger() {
    return new Ledger(
        Members.required(definition, WHAT, DEFINITION),
        Members.required(cron, WHAT, CRON),
        Members.required(zone, WHAT, ZONE),
        Members.required(since, WHAT, SINCE),
        Members.required(settledUntil, WHAT, SETTLED_UNTIL),
        pausedSince,
        fates,
        Json.extras(extras));
  }

  /**
   * Writes a ledger.
   *
   * @param ledger what to write
   * @return compact JSON
   */
  public static String write(Ledger ledger) {
    int expected = CHARACTERS + ledger.fates().size() * CHARACTERS_PER_FATE;
    return Json.write(expected, generator -> write(generator, ledger));
  }

  private static void write(JsonGenerator generator, Ledger ledger) throws IOException {
    generator.writeStartObject();
    generator.writeStringField(DEFINITION, ledger.definition());
    generator.writeStringField(CRON, ledger.cron());
    generator.writeStringField(ZONE, ledger.zone());
    generator.writeStringField(SINCE, ledger.since().toString());
    generator.writeStringField(SETTLED_UNTIL, ledger.settledUntil().toString());
    Instant paused = ledger.pausedSince();
    generator.writeStringField(PAUSED_SINCE, paused == null ? null : paused.toString());
    generator.writeArrayFieldStart(FATES);
    for (Fate fate : ledger.fates()) {
      FateJson.write(generator, fate);
    }
    generator.writeEndArray();
    Json.write(generator, ledger.extras());
    generator.writeEndObject();
  }
}
