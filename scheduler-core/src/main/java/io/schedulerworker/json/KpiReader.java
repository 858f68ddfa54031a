package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.LeftOutKpi;
import io.schedulerworker.model.RegistryEntry;
import io.schedulerworker.model.Texts;
import io.schedulerworker.model.WebhookUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one element of the registry's list: a usable KPI, or the reasons why it is none. */
final class KpiReader {
  private final JsonSource source;
  private final WebhookCheck webhooks;
  private final int start;
  private int end;
  private final List<Problem> problems = new ArrayList<>(0);
  private @Nullable Map<String, JsonText> extras;
  private @Nullable String id;
  private @Nullable String name;
  private @Nullable String type;
  private @Nullable String webhookUrl;
  private @Nullable String description;
  private boolean active;
  private boolean fatal;
  private @Nullable JsonText analysisConfig;
  private @Nullable JsonText metadata;

  private KpiReader(JsonSource source, WebhookCheck webhooks) {
    this.source = source;
    this.webhooks = webhooks;
    this.start = source.valueStart();
  }

  static KpiReader read(JsonSource source, WebhookCheck webhooks) throws IOException {
    KpiReader reader = new KpiReader(source, webhooks);
    reader.element();
    reader.end = source.valueEnd();
    return reader;
  }

  /** The id, if it has one that can be used. */
  @Nullable
  String id() {
    return id;
  }

  List<Problem> problems() {
    return problems;
  }

  RegistryEntry entry() {
    if (fatal || id == null || name == null || type == null || webhookUrl == null) {
      return leftOut();
    }
    return new Kpi(
        id, name, description, type, active, webhookUrl, analysisConfig, metadata, extras());
  }

  RegistryEntry leftOut() {
    return new LeftOutKpi(source.between(start, end));
  }

  private Extras extras() {
    return extras == null ? Extras.NONE : new Extras(extras);
  }

  private void element() throws IOException {
    if (source.currentToken() != JsonToken.START_OBJECT) {
      fatal(null, "is " + Json.kind(source) + ", not an object");
      source.skipChildren();
      return;
    }
    Json.members(source, this::member);
    require(KpiFields.ID, id);
    require(KpiFields.NAME, name);
    require(KpiFields.TYPE, type);
    require(KpiFields.WEBHOOK_URL, webhookUrl);
  }

  private void require(String field, @Nullable String value) {
    if (value == null && problems.stream().noneMatch(problem -> field.equals(problem.field()))) {
      fatal(field, "is missing");
    }
  }

  private void member(String field) throws IOException {
    switch (field) {
      case KpiFields.ID -> id = required(field);
      case KpiFields.NAME -> name = required(field);
      case KpiFields.TYPE -> type();
      case KpiFields.WEBHOOK_URL -> webhookUrl();
      case KpiFields.DESCRIPTION -> description();
      case KpiFields.ACTIVE -> active();
      case KpiFields.ANALYSIS_CONFIG -> analysisConfig = source.value();
      case KpiFields.METADATA -> metadata = source.value();
      default -> keep(field);
    }
  }

  private void keep(String field) throws IOException {
    if (extras == null) {
      extras = Json.newFields();
    }
    extras.put(field, source.value());
  }

  /** The text of a required field; null, and a finding, if it cannot be used. */
  private @Nullable String required(String field) throws IOException {
    if (source.currentToken() != JsonToken.VALUE_STRING) {
      fatal(field, "is " + Json.kind(source) + ", not a string");
      source.skipChildren();
      return null;
    }
    String text = source.getText();
    Optional<String> problem = text.isBlank() ? Optional.of("is blank") : problem(field, text);
    problem.ifPresent(reason -> fatal(field, reason));
    return problem.isPresent() ? null : text;
  }

  private void type() throws IOException {
    String read = required(KpiFields.TYPE);
    type = read == null ? null : source.shared(read);
  }

  private void webhookUrl() throws IOException {
    webhookUrl = required(KpiFields.WEBHOOK_URL);
    if (webhookUrl != null && WebhookUrl.isForTests(webhookUrl)) {
      warn(
          KpiFields.WEBHOOK_URL,
          "has /webhook-test/ in it, which n8n answers only while somebody listens for a"
              + " test event in the editor; the production URL has /webhook/ there");
    }
    if (webhookUrl != null && WebhookUrl.hasUser(webhookUrl)) {
      warn(
          KpiFields.WEBHOOK_URL,
          "has a user before its host, who is not sent, and whom everybody sees who sees the"
              + " registry; take it out, and give the host a key in [[n8n.keys]]");
    }
  }

  private void warn(String field, String reason) {
    problems.add(new Problem(field, reason, false));
  }

  private Optional<String> problem(String name, String text) {
    return switch (name) {
      case KpiFields.ID -> idProblem(text);
      case KpiFields.WEBHOOK_URL ->
        webhooks.problem(text).map(problem -> Texts.quote(withoutSecrets(text)) + " " + problem);
      default -> Optional.empty();
    };
  }

  private static Optional<String> idProblem(String id) {
    if (id.length() > Kpi.ID_LENGTH) {
      return Optional.of("has " + id.length() + " characters, allowed are " + Kpi.ID_LENGTH);
    }
    int c;
    for (int i = 0; i < id.length(); i += Character.charCount(c)) {
      c = id.codePointAt(i);
      if (Character.isISOControl(c)) {
        return Optional.of("has a control character");
      }
      if (Character.getType(c) == Character.SURROGATE) {
        return Optional.of("has half a character (a lone surrogate)");
      }
    }
    return Optional.empty();
  }

  /** A password or a token in a URL must not reach a log, however broken the URL is. */
  private static String withoutSecrets(String url) {
    return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?(//)?.*@", "$1$2***@")
        .replaceFirst("[?#].*", "?***");
  }

  private void description() throws IOException {
    if (source.currentToken() == JsonToken.VALUE_STRING) {
      description = source.getText();
      forget(KpiFields.DESCRIPTION);
      return;
    }
    description = null;
    if (source.currentToken() != JsonToken.VALUE_NULL) {
      String reason = "is " + Json.kind(source) + ", not a string; it is not sent";
      problems.add(new Problem(KpiFields.DESCRIPTION, reason, false));
    }
    keep(KpiFields.DESCRIPTION);
  }

  private void active() throws IOException {
    if (source.currentToken().isBoolean()) {
      active = source.getBooleanValue();
      forget(KpiFields.ACTIVE);
      return;
    }
    active = false;
    String reason = "is " + Json.kind(source) + ", not true; this KPI is not active";
    problems.add(new Problem(KpiFields.ACTIVE, reason, false));
    keep(KpiFields.ACTIVE);
  }

  /** Of a field that is there twice the last counts. */
  private void forget(String field) {
    if (extras != null) {
      extras.remove(field);
    }
  }

  private void fatal(@Nullable String field, String reason) {
    fatal = true;
    problems.add(new Problem(field, reason, true));
  }

  /** What is wrong with a field, or with the whole element if it names none. */
  record Problem(@Nullable String field, String reason, boolean fatal) {}
}
