package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.LeftOutKpi;
import io.schedulerworker.model.RegistryEntry;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one element of the registry's list: a usable KPI, or the reasons why it is none. */
final class KpiReader {
  private static final List<String> REQUIRED =
      List.of(KpiFields.ID, KpiFields.NAME, KpiFields.TYPE, KpiFields.WEBHOOK_URL);

  private final Map<String, String> required = new HashMap<>(8);
  private final Map<String, JsonText> extras = Json.newFields();
  private final List<Problem> problems = new ArrayList<>(0);
  private @Nullable String description;
  private boolean active;
  private @Nullable JsonText analysisConfig;
  private @Nullable JsonText metadata;
  private JsonText whole = new JsonText("null");

  private KpiReader() {}

  static KpiReader read(JsonSource parser) throws IOException {
    KpiReader reader = new KpiReader();
    int start = parser.valueStart();
    reader.element(parser);
    reader.whole = parser.valueFrom(start);
    return reader;
  }

  /** The id, if it has one that can be used. */
  @Nullable
  String id() {
    return required.get(KpiFields.ID);
  }

  List<Problem> problems() {
    return problems;
  }

  RegistryEntry entry() {
    boolean fatal = problems.stream().anyMatch(Problem::fatal);
    return fatal ? new LeftOutKpi(whole) : kpi();
  }

  RegistryEntry leftOut() {
    return new LeftOutKpi(whole);
  }

  private void element(JsonSource parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      problems.add(new Problem(null, "is " + Json.kind(parser) + ", not an object", true));
      parser.skipChildren();
      return;
    }
    Json.members(parser, name -> member(parser, name));
    for (String field : REQUIRED) {
      if (!required.containsKey(field) && !isReported(field)) {
        fatal(field, "is missing");
      }
    }
  }

  private boolean isReported(String field) {
    return problems.stream().anyMatch(problem -> field.equals(problem.field()));
  }

  private void member(JsonSource parser, String name) throws IOException {
    switch (name) {
      case KpiFields.ID, KpiFields.NAME, KpiFields.TYPE, KpiFields.WEBHOOK_URL ->
        required(parser, name);
      case KpiFields.DESCRIPTION -> description(parser);
      case KpiFields.ACTIVE -> active(parser);
      case KpiFields.ANALYSIS_CONFIG -> analysisConfig = parser.value();
      case KpiFields.METADATA -> metadata = parser.value();
      default -> extras.put(name, parser.value());
    }
  }

  private void required(JsonSource parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      fatal(name, "is " + Json.kind(parser) + ", not a string");
      parser.skipChildren();
      return;
    }
    String text = parser.getText();
    Optional<String> problem = text.isBlank() ? Optional.of("is blank") : problem(name, text);
    problem.ifPresentOrElse(reason -> fatal(name, reason), () -> required.put(name, text));
  }

  private static Optional<String> problem(String name, String text) {
    return switch (name) {
      case KpiFields.ID -> idProblem(text);
      case KpiFields.WEBHOOK_URL ->
        WebhookUrl.problem(text).map(problem -> Texts.quote(withoutUserInfo(text)) + " " + problem);
      default -> Optional.empty();
    };
  }

  private static Optional<String> idProblem(String id) {
    if (id.length() > Kpi.ID_LENGTH) {
      return Optional.of("has " + id.length() + " characters, allowed are " + Kpi.ID_LENGTH);
    }
    if (id.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of("has a control character");
    }
    return id.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)
        ? Optional.of("has half a character (a lone surrogate)")
        : Optional.empty();
  }

  /** A password in a URL must not reach a log, however broken the URL is. */
  private static String withoutUserInfo(String url) {
    return url.replaceFirst("//[^/?#]*@", "//***@");
  }

  private void description(JsonSource parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      description = parser.getText();
      return;
    }
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      String reason = "is " + Json.kind(parser) + ", not a string; it is not sent";
      problems.add(new Problem(KpiFields.DESCRIPTION, reason, false));
    }
    extras.put(KpiFields.DESCRIPTION, parser.value());
  }

  private void active(JsonSource parser) throws IOException {
    if (parser.currentToken().isBoolean()) {
      active = parser.getBooleanValue();
      return;
    }
    String reason = "is " + Json.kind(parser) + ", not true; this KPI is not active";
    problems.add(new Problem(KpiFields.ACTIVE, reason, false));
    extras.put(KpiFields.ACTIVE, parser.value());
  }

  private Kpi kpi() {
    return new Kpi(
        field(KpiFields.ID),
        field(KpiFields.NAME),
        description,
        field(KpiFields.TYPE),
        active,
        field(KpiFields.WEBHOOK_URL),
        analysisConfig,
        metadata,
        Json.extras(extras));
  }

  private String field(String name) {
    return required.getOrDefault(name, "");
  }

  private void fatal(String field, String reason) {
    problems.add(new Problem(field, reason, true));
  }

  /** What is wrong with a field, or with the whole element if it names none. */
  record Problem(@Nullable String field, String reason, boolean fatal) {}
}
