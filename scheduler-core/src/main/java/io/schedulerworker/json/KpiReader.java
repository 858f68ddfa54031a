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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of the registry's list, one after the other: each a usable KPI, or the reasons why it is none. What
 * it says is of the last one that it read, and to be asked for before anything else is read.
 */
final class KpiReader {
  private final JsonSource source;
  private final WebhookCheck webhooks = new WebhookCheck();
  private int start;
  private List<Problem> problems = Collections.emptyList();
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

  KpiReader(JsonSource source) {
    this.source = source;
  }

  /** Reads the element at which the parser stands. */
  void read() throws IOException {
    forgetAll();
    start = source.valueStart();
    element();
  }

  private void forgetAll() {
    problems = Collections.emptyList();
    extras = null;
    id = null;
    name = null;
    type = null;
    webhookUrl = null;
    description = null;
    active = false;
    fatal = false;
    analysisConfig = null;
    metadata = null;
  }

  /** The id, if it has one that can be used. */
  @Nullable
  String id() {
    return id;
  }

  List<Problem> problems() {
    return problems;
  }

  RegistryEntry entry() throws IOException {
    if (fatal || id == null || name == null || type == null || webhookUrl == null) {
      return leftOut();
    }
    return new Kpi(
        id, name, description, type, active, webhookUrl, analysisConfig, metadata, extras());
  }

  /** The element as it stands in its document. */
  RegistryEntry leftOut() throws IOException {
    return new LeftOutKpi(source.between(start, source.valueEnd()));
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
    String problem = text.isBlank() ? "is blank" : problem(field, text);
    if (problem != null) {
      fatal(field, problem);
      return null;
    }
    return text;
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
    add(new Problem(field, reason, false));
  }

  private void add(Problem problem) {
    if (problems.isEmpty()) {
      problems = new ArrayList<>();
    }
    problems.add(problem);
  }

  private @Nullable String problem(String name, String text) {
    return switch (name) {
      case KpiFields.ID -> idProblem(text);
      case KpiFields.WEBHOOK_URL -> webhookProblem(text);
      default -> null;
    };
  }

  private @Nullable String webhookProblem(String url) {
    Optional<String> problem = webhooks.problem(url);
    return problem.isEmpty() ? null : Texts.quote(withoutSecrets(url)) + " " + problem.get();
  }

  private static @Nullable String idProblem(String id) {
    if (id.length() > Kpi.ID_LENGTH) {
      return "has " + id.length() + " characters, allowed are " + Kpi.ID_LENGTH;
    }
    int c;
    for (int i = 0; i < id.length(); i += Character.charCount(c)) {
      c = id.codePointAt(i);
      if (Character.isISOControl(c)) {
        return "has a control character";
      }
      if (Character.getType(c) == Character.SURROGATE) {
        return "has half a character (a lone surrogate)";
      }
    }
    return null;
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
      warn(KpiFields.DESCRIPTION, "is " + Json.kind(source) + ", not a string; it is not sent");
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
    warn(KpiFields.ACTIVE, "is " + Json.kind(source) + ", not true; this KPI is not active");
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
    add(new Problem(field, reason, true));
  }

  /** What is wrong with a field, or with the whole element if it names none. */
  record Problem(@Nullable String field, String reason, boolean fatal) {}
}
