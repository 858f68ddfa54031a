package io.schedulerworker.app.settings;

import io.schedulerworker.CallbackSigner;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.app.alerts.AlertRules;
import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.Credential;
import io.schedulerworker.reach.Reach;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes {@link Settings} of values, and finds what does not go together. */
final class SettingsAssembly {
  private static final List<String> DEFAULT_CRONS = List.of("0 12 * * *");
  private static final Duration USUAL_JOB_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration USUAL_RESPONSE_TIME = Duration.ofSeconds(30);
  private static final Duration RESPONSE_TIME_OF_WHOLE_WORKFLOWS = Duration.ofMinutes(5);

  private final Values values;
  private final Findings findings;

  SettingsAssembly(Values values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  Settings assemble(Tables tables, String placeOfCrons) {
    return new Settings(
        values.get(Catalogue.ENVIRONMENT),
        values.get(Catalogue.CONFIG_KV),
        values.get(Catalogue.JOBS_KV),
        new Settings.Http(
            values.get(Catalogue.BIND),
            values.get(Catalogue.PORT),
            ApiKeyAssembly.assemble(values, tables.apiKeys(), findings),
            values.get(Catalogue.PUBLIC_METRICS),
            values.find(Catalogue.CORS_ORIGINS).orElse(List.of()),
            values.get(Catalogue.REQUEST_LOG)),
        values.find(Catalogue.REGISTRY_FILE),
        values.get(Catalogue.REGISTRY_MAX_AGE),
        schedules(tables.schedules(), placeOfCrons),
        values.get(Catalogue.COMPLETION),
        callbacks(),
        values.get(Catalogue.DELIVERY),
        values.get(Catalogue.LEASE),
        values.get(Catalogue.RETENTION),
        values.get(Catalogue.SHUTDOWN_GRACE),
        n8n(tables.keys()),
        dispatch(),
        values.get(Catalogue.WATCH_GRACE),
        alerts());
  }

  private Settings.Alerts alerts() {
    Optional<Secret> url = values.find(Catalogue.ALERTS_URL);
    if (url.isEmpty()) {
      warnOfNoEffect(
          Catalogue.ALERTS_URL,
          Stream.of(
              Catalogue.ALERTS_FORMAT,
              Catalogue.ALERTS_ON,
              Catalogue.ALERTS_REPEAT_AFTER,
              Catalogue.ALERTS_HOST_CLOSED_FOR,
              Catalogue.ALERTS_STORE_AWAY_FOR));
    }
    AlertRules rules = new AlertRules(
        Set.copyOf(values.find(Catalogue.ALERTS_ON).orElse(List.of(AlertKind.values()))),
        values.get(Catalogue.ALERTS_REPEAT_AFTER),
        values.get(Catalogue.ALERTS_HOST_CLOSED_FOR),
        values.get(Catalogue.ALERTS_STORE_AWAY_FOR));
    return new Settings.Alerts(url, values.get(Catalogue.ALERTS_FORMAT), rules);
  }

  private void warnOfNoEffect(Setting<?> missing, Stream<Setting<?>> without) {
    without
        .filter(values::isSet)
        .forEach(setting -> findings.warning(
            values.place(setting),
            setting.key() + " is set, but " + missing.key() + " is not: it has no effect"));
  }

  private Settings.Callbacks callbacks() {
    Optional<CallbackSigner> signer = signer();
    Duration usual = signer.isPresent() ? USUAL_JOB_TIMEOUT : Duration.ZERO;
    Duration timeout = values.find(Catalogue.JOB_TIMEOUT).orElse(usual);
    new RetentionCheck(values, findings).check(timeout);
    warnOfNoEnds(timeout);
    return new Settings.Callbacks(signer, timeout, values.get(Catalogue.RETRY_UNFINISHED));
  }

  /** Where nobody reports ends, or nobody waits for them, some settings do nothing. */
  private void warnOfNoEnds(Duration jobTimeout) {
    if (values.get(Catalogue.RETRY_UNFINISHED) && jobTimeout.isZero()) {
      findings.warning(
          values.place(Catalogue.RETRY_UNFINISHED),
          "retry_unfinished is set, but there is no job_timeout: it has no effect");
    }
    if (values.get(Catalogue.COMPLETION) == CompletionMode.TRIGGER
        && values.isSet(Catalogue.PUBLIC_URL)) {
      findings.warning(
          values.place(Catalogue.PUBLIC_URL),
          "public_url is set, but with completion = \"trigger\" no end is reported: it has no effect");
    }
  }

  private Optional<CallbackSigner> signer() {
    Optional<URI> url = values.find(Catalogue.PUBLIC_URL);
    Optional<Secret> secret = values.find(Catalogue.CALLBACK_SECRET);
    if (url.isEmpty()) {
      secret.ifPresent(unused -> findings.warning(
          values.place(Catalogue.CALLBACK_SECRET),
          "callback_secret is set, but public_url is not: it has no effect"));
      return Optional.empty();
    }
    if (secret.isEmpty()) {
      findings.error(
          values.place(Catalogue.PUBLIC_URL),
          "public_url needs callback_secret (CALLBACK_SECRET), which signs the callback URLs;"
              + " openssl rand -base64 32 makes a good one");
      return Optional.empty();
    }
    try {
      return Optional.of(new CallbackSigner(url.get(), secret.get().reveal()));
    } catch (IllegalArgumentException e) {
      findings.error(values.place(Catalogue.CALLBACK_SECRET), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Duration usualResponseTimeout() {
    return values.get(Catalogue.COMPLETION) == CompletionMode.TRIGGER
        ? RESPONSE_TIME_OF_WHOLE_WORKFLOWS
        : USUAL_RESPONSE_TIME;
  }

  private Settings.N8n n8n(List<KeySettings> keysOfHosts) {
    Duration responseTimeout =
        values.find(Catalogue.RESPONSE_TIMEOUT).orElseGet(this::usualResponseTimeout);
    return new Settings.N8n(
        keys(keysOfHosts),
        values.source(Catalogue.SIGNING_SECRETS),
        values.get(Catalogue.CONNECT_TIMEOUT),
        responseTimeout,
        breaker(BreakerSettings.defaults(responseTimeout).slowCall()),
        new Reach(
            values.find(Catalogue.ALLOW_HOSTS).orElse(List.of()),
            values.find(Catalogue.DENY_HOSTS).orElse(List.of()),
            values.get(Catalogue.DENY_PRIVATE)),
        TlsReader.read(values, findings));
  }

  /** Those of single hosts go first. */
  private List<KeySettings> keys(List<KeySettings> ofHosts) {
    List<KeySettings> all = new ArrayList<>(ofHosts);
    generalKey().ifPresent(all::add);
    return all;
  }

  private Optional<KeySettings> generalKey() {
    Optional<SecretSource> key = values.source(Catalogue.N8N_API_KEY);
    if (key.isEmpty()) {
      warnOfNoEffect(
          Catalogue.N8N_API_KEY,
          Stream.of(Catalogue.KEY_HEADER, Catalogue.KEY_SCHEME, Catalogue.KEY_HOSTS));
      return Optional.empty();
    }
    warnOfScheme();
    KeySettings settings = new KeySettings(
        values.find(Catalogue.KEY_HOSTS).orElse(List.of()),
        values.get(Catalogue.KEY_HEADER),
        values.get(Catalogue.KEY_SCHEME),
        key.get());
    return KeyReader.checked(settings, values.place(Catalogue.N8N_API_KEY), findings);
  }

  /** Headers for keys alone are common, and nearly nobody wants a scheme in them. */
  private void warnOfScheme() {
    String header = values.get(Catalogue.KEY_HEADER);
    if (!header.equalsIgnoreCase(Credential.HEADER) && !values.isSet(Catalogue.KEY_SCHEME)) {
      findings.warning(
          values.place(Catalogue.KEY_HEADER),
          "the header " + Texts.quote(header)
              + " will have \"Bearer \" before the key; set n8n.key_scheme = \"none\" for the key alone");
    }
  }

  private BreakerSettings breaker(Duration usualSlowCall) {
    return new BreakerSettings(
        values.get(Catalogue.BREAKER_PERCENT),
        values.get(Catalogue.BREAKER_CALLS),
        values.get(Catalogue.BREAKER_WINDOW),
        values.get(Catalogue.BREAKER_PAUSE),
        values.find(Catalogue.SLOW_CALL).orElse(usualSlowCall));
  }

  private DispatchPolicy dispatch() {
    DispatchPolicy.Builder policy = DispatchPolicy.builder()
        .retries(values.get(Catalogue.RETRIES), values.get(Catalogue.RETRY_DELAYS))
        .retryBudget(
            values.get(Catalogue.RETRY_PERCENT) / 100.0, values.get(Catalogue.RETRIES_PER_SECOND))
        .retryUnknown(values.get(Catalogue.RETRY_UNKNOWN))
        .retryWorkflowError(values.get(Catalogue.RETRY_WORKFLOW_ERROR))
        .notRegisteredFor(values.get(Catalogue.NOT_REGISTERED_FOR))
        .closedDoorDeadline(values.get(Catalogue.CLOSED_DOOR_DEADLINE))
        .giveUpHostAfter(values.get(Catalogue.GIVE_UP_HOST_AFTER));
    values.get(Catalogue.MAX_IN_FLIGHT).ifPresent(policy::maxInFlightPerHost);
    values.find(Catalogue.MAX_PER_SECOND).ifPresent(policy::maxPerSecondPerHost);
    return policy.build();
  }

  private List<ScheduleSettings> schedules(List<ScheduleSettings> named, String placeOfCrons) {
    List<ScheduleSettings> all = new ArrayList<>(ofCrons(!named.isEmpty(), placeOfCrons));
    all.addAll(named);
    Map<ScheduleId, ScheduleSettings> byId = new LinkedHashMap<>();
    for (ScheduleSettings each : all) {
      ScheduleId id = each.schedule().id();
      ScheduleSettings first = byId.putIfAbsent(id, each);
      if (first != null) {
        findings.error(
            each.place(), "the id " + Texts.quote(id.value()) + " is taken, by " + first.place());
      }
      warnIfNever(each);
      checkWindow(each);
    }
    return byId.values().stream().map(this::withinRetention).toList();
  }

  /** What is made up for must not be older than what is kept. */
  private void checkWindow(ScheduleSettings settings) {
    Duration window = settings.schedule().policy().catchUpWindow();
    Duration retention = values.get(Catalogue.RETENTION);
    if (window.compareTo(retention) >= 0) {
      settings
          .windowPlace()
          .ifPresent(place -> findings.error(
              place,
              "catch_up_window = " + Durations.text(window) + " must be shorter than retention = "
                  + Durations.text(retention)));
    }
  }

  /** A window that nobody has set gives way to a short retention. */
  private ScheduleSettings withinRetention(ScheduleSettings settings) {
    Schedule schedule = settings.schedule();
    Duration retention = values.get(Catalogue.RETENTION);
    if (schedule.policy().catchUpWindow().compareTo(retention) < 0) {
      return settings;
    }
    Schedule changed =
        schedule.withPolicy(schedule.policy().withCatchUpWindow(retention.dividedBy(2)));
    return settings.with(changed);
  }

  private List<ScheduleSettings> ofCrons(boolean hasNamed, String place) {
    List<String> crons = values.find(Catalogue.CRONS).orElse(hasNamed ? List.of() : DEFAULT_CRONS);
    ZoneId zone = values.get(Catalogue.ZONE);
    List<String> distinct = crons.stream().distinct().toList();
    if (distinct.size() < crons.size()) {
      findings.warning(place, "triggers.crons names a cron twice; equal ones are one schedule");
    }
    Optional<Secret> heartbeat = heartbeat(distinct.size());
    return distinct.stream()
        .map(cron -> new Schedule(ScheduleId.ofCron(cron), cron, zone))
        .map(schedule ->
            new ScheduleSettings(schedule, true, List.of(), place, Optional.empty(), heartbeat))
        .toList();
  }

  /** One watchdog cannot tell the jobs of two schedules apart. */
  private Optional<Secret> heartbeat(int crons) {
    Optional<Secret> url = values.find(Catalogue.HEARTBEAT_URL);
    if (url.isPresent() && crons != 1) {
      findings.error(
          values.place(Catalogue.HEARTBEAT_URL),
          "triggers.heartbeat_url is for one cron, and triggers.crons has " + crons
              + "; give each of [[schedules]] a heartbeat_url of its own");
    }
    return url;
  }

  private void warnIfNever(ScheduleSettings settings) {
    Schedule schedule = settings.schedule();
    boolean never = CronExpression.parse(schedule.cron())
        .nextAfter(Instant.EPOCH.atZone(schedule.zone()))
        .isEmpty();
    if (never) {
      findings.warning(
          settings.place(),
          "the cron " + Texts.quote(schedule.cron()) + " never fires: there is no such date");
    }
  }
}
