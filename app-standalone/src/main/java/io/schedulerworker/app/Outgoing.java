package io.schedulerworker.app;

import io.schedulerworker.app.alerts.AlertMeter;
import io.schedulerworker.app.alerts.AlertTarget;
import io.schedulerworker.app.alerts.Alerts;
import io.schedulerworker.app.alerts.Conditions;
import io.schedulerworker.app.alerts.Heartbeats;
import io.schedulerworker.app.outbox.Outbox;
import io.schedulerworker.app.settings.ScheduleSettings;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** What a service sends by itself: alerts and heartbeats, as far as they are set. Thread-safe. */
final class Outgoing {
  private static final Duration TO_DECIDE = Duration.ofSeconds(1);
  private static final Duration TO_DELIVER = Duration.ofSeconds(3);

  private final Settings settings;
  private final Outbox outbox;
  private final Optional<Alerts> alerts;
  private final Optional<Heartbeats> heartbeats;

  Outgoing(Settings settings, Adapters adapters, AlertMeter meter, Executor threads, Clock clock) {
    this.settings = settings;
    this.outbox = new Outbox(Version.userAgent(), clock);
    this.alerts = target(settings)
        .map(target -> new Alerts(
            target,
            settings.alerts().rules(),
            outbox,
            adapters.store("jobs_kv", settings.jobsKv()),
            meter,
            threads,
            clock));
    Map<ScheduleId, URI> watched = watched(settings);
    this.heartbeats = watched.isEmpty()
        ? Optional.empty()
        : Optional.of(new Heartbeats(watched, endsAreAwaited(settings), outbox, clock));
  }

  private static Optional<AlertTarget> target(Settings settings) {
    return settings
        .alerts()
        .url()
        .map(url -> new AlertTarget(
            URI.create(url.reveal()),
            settings.alerts().format(),
            settings.environment(),
            Version.number()));
  }

  private static Map<ScheduleId, URI> watched(Settings settings) {
    Map<ScheduleId, URI> watched = new HashMap<>();
    settings.schedules().stream()
        .filter(ScheduleSettings::enabled)
        .forEach(each -> each.heartbeat()
            .ifPresent(url -> watched.put(each.schedule().id(), URI.create(url.reveal()))));
    return watched;
  }

  private static boolean endsAreAwaited(Settings settings) {
    return settings.completion() == CompletionMode.TRIGGER
        || !settings.callbacks().jobTimeout().isZero();
  }

  List<JobListener> listeners() {
    return Stream.concat(
            alerts.stream().map(Alerts::listener), heartbeats.stream().map(each -> each))
        .toList();
  }

  /** Where whoever watches something raises what is the matter. */
  Conditions conditions() {
    return alerts.map(Alerts::conditions).orElse(Conditions.NONE);
  }

  /** Looks after the stores from now on. */
  void watch(Probes probes) {
    String config = settings.registryFile().isPresent() ? "the registry file" : "CONFIG_KV";
    alerts.ifPresent(each -> {
      each.watch("JOBS_KV", probes::jobs);
      each.watch(config, probes::config);
    });
  }

  /** Sends what is left, for some seconds at most. */
  void close() {
    heartbeats.ifPresent(Heartbeats::close);
    alerts.ifPresent(each -> each.close(TO_DECIDE));
    outbox.close(TO_DELIVER);
  }
}
