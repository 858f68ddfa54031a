package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import io.schedulerworker.model.Texts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[schedules]]}. */
final class ScheduleReader {
  private static final String WHAT = "schedule";
  private static final String HEARTBEAT = "heartbeat_url";
  private static final Set<String> KEYS = Stream.concat(
          Stream.of("id", "cron", "zone", "enabled", "select", HEARTBEAT, HEARTBEAT + "_file"),
          PolicyReader.KEYS.stream())
      .collect(Collectors.toUnmodifiableSet());

  private static final ValueType<ScheduleId> SCHEDULE_ID =
      new ValueType<>("1 to 64 of a-z, 0-9, _ and -, not \"manual\"", value -> {
        ScheduleId id = new ScheduleId(value.asText());
        if (!value.isTextual() || id.equals(ScheduleId.MANUAL)) {
          throw new IllegalArgumentException();
        }
        return id;
      });

  private final TomlDocument document;
  private final Findings findings;
  private final TableSecret heartbeats;

  ScheduleReader(TomlDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
    this.heartbeats = new TableSecret(document, findings, HEARTBEAT, ValueTypes.secretUrl());
  }

  /** Those that can be used; the others are among the findings. */
  List<ScheduleSettings> read(List<String> path, JsonNode list) {
    if (!list.isArray()) {
      findings.error(
          document.place(path), "schedules is a list of tables: write [[schedules]] above each");
      return List.of();
    }
    List<ScheduleSettings> schedules = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      schedule(TomlDocument.child(path, Integer.toString(i)), list.get(i))
          .ifPresent(schedules::add);
    }
    return schedules;
  }

  private Optional<ScheduleSettings> schedule(List<String> path, JsonNode table) {
    if (!table.isObject()) {
      findings.error(document.place(path), "a schedule is a table with id and cron");
      return Optional.empty();
    }
    table.properties().forEach(member -> checkKnown(path, member.getKey()));
    TableReader values = new TableReader(document, findings, path, table, WHAT);
    Optional<ScheduleId> id = values.required("id", SCHEDULE_ID);
    Optional<String> cron = values.required("cron", ValueTypes.cron());
    Optional<ZoneId> zone = values.value("zone", ValueTypes.zone(), ZoneOffset.UTC);
    Optional<Boolean> enabled = values.value("enabled", ValueTypes.truth(), true);
    Optional<Selector> select = selector(TomlDocument.child(path, "select"), table.get("select"));
    Optional<SchedulePolicy> policy = new PolicyReader(values).read();
    if (id.isEmpty()
        || cron.isEmpty()
        || zone.isEmpty()
        || enabled.isEmpty()
        || select.isEmpty()
        || policy.isEmpty()) {
      return Optional.empty();
    }
    Selector selector = select.get();
    Schedule schedule =
        new Schedule(id.get(), cron.get(), zone.get(), selector.selection(), policy.get());
    return Optional.of(new ScheduleSettings(
        schedule,
        enabled.get(),
        selector.ids(),
        document.place(path),
        values.place(PolicyReader.WINDOW),
        heartbeat(path, table)));
  }

  private Optional<Secret> heartbeat(List<String> path, JsonNode table) {
    if (table.has(HEARTBEAT) && table.has(heartbeats.fileKey())) {
      findings.error(
          document.place(path),
          "a schedule has either " + HEARTBEAT + " or " + heartbeats.fileKey());
    }
    return heartbeats.read(path, HEARTBEAT, table).map(SecretSource::first);
  }

  private void checkKnown(List<String> path, String key) {
    String place = document.place(TomlDocument.child(path, key));
    if (!KEYS.contains(key)) {
      findings.error(place, "a schedule has no " + Texts.quote(key) + Nearest.hint(key, KEYS));
    }
  }

  private Optional<Selector> selector(List<String> path, @Nullable JsonNode table) {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    if (table == null) {
      return Optional.of(new Selector(wanted));
    }
    if (!table.isObject() || table.isEmpty()) {
      findings.error(document.place(path), "select is a table like { type = \"price\" }");
      return Optional.empty();
    }
    boolean good = true;
    for (Map.Entry<String, JsonNode> field : table.properties()) {
      good &= field(path, field.getKey(), field.getValue(), wanted);
    }
    return good ? Optional.of(new Selector(wanted)) : Optional.empty();
  }

  private boolean field(
      List<String> path, String name, JsonNode value, Map<String, List<String>> wanted) {
    List<String> place = TomlDocument.child(path, name);
    if (name.equals("metadata") && value.isObject()) {
      boolean good = true;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        good &= field(path, Selector.METADATA + member.getKey(), member.getValue(), wanted);
      }
      return good;
    }
    if (!isSelectable(name)) {
      findings.error(
          document.place(place),
          "select by id, type or metadata.<name>, not by " + Texts.quote(name));
      return false;
    }
    Optional<List<String>> values = new TableReader(document, findings, path, value, WHAT)
        .read(place, "select." + name, value, ValueTypes.texts());
    values.ifPresent(texts -> wanted.put(name, texts));
    return values.isPresent();
  }

  private static boolean isSelectable(String name) {
    return name.equals(Selector.ID)
        || name.equals(Selector.TYPE)
        || name.startsWith(Selector.METADATA);
  }
}
