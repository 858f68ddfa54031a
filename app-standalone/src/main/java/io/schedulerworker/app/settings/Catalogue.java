package io.schedulerworker.app.settings;

import static io.schedulerworker.app.settings.ValueTypes.alertKind;
import static io.schedulerworker.app.settings.ValueTypes.cron;
import static io.schedulerworker.app.settings.ValueTypes.duration;
import static io.schedulerworker.app.settings.ValueTypes.hostPatterns;
import static io.schedulerworker.app.settings.ValueTypes.hostRule;
import static io.schedulerworker.app.settings.ValueTypes.keyScheme;
import static io.schedulerworker.app.settings.ValueTypes.listOf;
import static io.schedulerworker.app.settings.ValueTypes.oneOf;
import static io.schedulerworker.app.settings.ValueTypes.path;
import static io.schedulerworker.app.settings.ValueTypes.publicUrl;
import static io.schedulerworker.app.settings.ValueTypes.secretUrl;
import static io.schedulerworker.app.settings.ValueTypes.signingSecrets;
import static io.schedulerworker.app.settings.ValueTypes.storeUri;
import static io.schedulerworker.app.settings.ValueTypes.text;
import static io.schedulerworker.app.settings.ValueTypes.truth;
import static io.schedulerworker.app.settings.ValueTypes.wholeNumber;
import static io.schedulerworker.app.settings.ValueTypes.wholeNumberOr;
import static io.schedulerworker.app.settings.ValueTypes.zone;

import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.app.alerts.AlertFormat;
import io.schedulerworker.app.alerts.AlertKind;
import io.schedulerworker.app.http.LoggedRequests;
import io.schedulerworker.app.tls.TlsFiles;
import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.port.BreakerSettings;
import io.schedulerworker.port.Credential;
import io.schedulerworker.reach.HostPattern;
import io.schedulerworker.reach.HostRule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalInt;

/** All there is to set. Reading, flags, help and {@code docs/settings.md} follow from it. */
final class Catalogue {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static final Setting<String> ENVIRONMENT = Setting.of(
          "environment",
          text("a text"),
          "development",
          "Names the environment in job records and payloads.")
      .alias("ENVIRONMENT");

  static final Setting<String> CONFIG_KV = Setting.of(
          "config_kv", storeUri(), "file:data/config", "The store of the registry.")
      .alias("CONFIG_KV");

  static final Setting<String> JOBS_KV = Setting.of(
          "jobs_kv", storeUri(), "file:data/jobs", "The store of the job records.")
      .alias("JOBS_KV");

  static final Setting<String> BIND = Setting.of(
      "bind",
      text("an address or a name of this machine, 0.0.0.0 for all"),
      "127.0.0.1",
      "The address that `serve` listens at.");

  static final Setting<Integer> PORT = Setting.of(
          "port", wholeNumber(0, 65_535), "8080", "The port that `serve` listens at; 0: any free.")
      .alias("PORT");

  static final Setting<Secret> API_KEY = Setting.secret(
      "api_key",
      "Whoever sends it as `Authorization: Bearer` may use the HTTP API; without it and `[[api_keys]]` nobody may.");

  static final Setting<List<String>> CORS_ORIGINS = Setting.unset(
      "cors_origins",
      Origins.type(),
      "Pages of these origins may call the HTTP API from browsers. Default: none.");

  static final Setting<LoggedRequests> REQUEST_LOG = Setting.of(
      "request_log",
      oneOf(LoggedRequests.class),
      "changes",
      "Which HTTP requests have a line in the log: with `changes` all but health, what only reads and goes well, and reported ends of workflows that go well.");

  static final Setting<Path> REGISTRY_FILE = Setting.unset(
          "registry_file", path(), "Reads the registry from this file, anew for each job.")
      .alias("--registry");

  static final Setting<Duration> REGISTRY_MAX_AGE = Setting.of(
      "registry_max_age",
      duration(Duration.ZERO),
      "24h",
      "How long the last good registry stands in for one that is out of reach; 0: never.");

  static final Setting<List<String>> CRONS = Setting.unset(
      "triggers.crons",
      listOf(cron(), ";", 0),
      "When to start a job for all active KPIs. Default: `[\"0 12 * * *\"]`, if there are no `[[schedules]]`.");

  static final Setting<ZoneId> ZONE =
      Setting.of("triggers.zone", zone(), "UTC", "The time zone of `triggers.crons`.");

  static final Setting<Secret> HEARTBEAT_URL = Setting.secret(
      "triggers.heartbeat_url",
      secretUrl(),
      "Is told that jobs begin and what they come to, as healthchecks.io has it; for a single cron of `triggers.crons`.");

  static final Setting<CompletionMode> COMPLETION = Setting.of(
      "completion",
      oneOf(CompletionMode.class),
      "callback",
      "What a 2xx answer means: with `callback` that the workflow began, with `trigger` that it is done.");

  static final Setting<Delivery> DELIVERY = Setting.of(
      "delivery",
      oneOf(Delivery.class),
      "at-least-once",
      "What becomes of a call whose process died before it had noted the answer: with `at-least-once` it is made again, with `at-most-once` it has failed.");

  static final Setting<Duration> LEASE = Setting.of(
      "lease",
      duration(SchedulerWorkerBuilder.SHORTEST_LEASE),
      "15s",
      "How long a process may be silent before another one goes on with its jobs.");

  static final Setting<Duration> RETENTION =
      Setting.of("retention", duration(Duration.ofMinutes(1)), "90d", "How long job records live.");

  static final Setting<Duration> SHUTDOWN_GRACE = Setting.of(
      "shutdown_grace",
      duration(Duration.ZERO),
      "30s",
      "How long the calls in flight may take once the process is told to end.");

  static final Setting<URI> PUBLIC_URL = Setting.unset(
      "public_url",
      publicUrl(),
      "Where workflows reach `serve` to report their ends: with `completion = \"callback\"` each call then carries a `callbackUrl`. Needs `callback_secret`.");

  static final Setting<Secret> CALLBACK_SECRET = Setting.secret(
          "callback_secret",
          "Signs the callback URLs; the same for all processes on the same stores. At least 16 characters.")
      .alias("CALLBACK_SECRET");

  static final Setting<Duration> JOB_TIMEOUT = Setting.unset(
      "job_timeout",
      duration(Duration.ZERO),
      "How long after a job's last call its workflows may take to report their ends; `0`: for ever. Default: `30m` with `public_url`, else `0`.");

  static final Setting<Boolean> RETRY_UNFINISHED = Setting.of(
      "retry_unfinished",
      truth(),
      "false",
      "Whether a KPI whose workflow has not reported its end within `job_timeout` is driven again first, once, under the next drive's idempotency key.");

  static final Setting<Secret> N8N_API_KEY = Setting.secret(
          "n8n.api_key",
          "Sent to the webhooks as `Authorization: Bearer`, if no key of `[[n8n.keys]]` is for their host.")
      .alias("N8N_API_KEY");

  static final Setting<String> KEY_HEADER = Setting.of(
      "n8n.key_header",
      text("the name of a header"),
      Credential.HEADER,
      "The header that `n8n.api_key` stands in.");

  static final Setting<String> KEY_SCHEME = Setting.of(
      "n8n.key_scheme",
      keyScheme(),
      Credential.BEARER,
      "What stands before `n8n.api_key`; `none`: nothing. With `Basic` the key is `user:password`.");

  static final Setting<List<HostPattern>> KEY_HOSTS = Setting.unset(
      "n8n.key_hosts",
      hostPatterns(),
      "`n8n.api_key` is sent to these hosts alone. Default: to all.");

  static final Setting<Secret> SIGNING_SECRETS = Setting.secret(
      "n8n.signing_secrets",
      signingSecrets(),
      "Signs the calls as Standard Webhooks has it; two while one takes the other's place.");

  static final Setting<List<HostRule>> ALLOW_HOSTS = Setting.unset(
      "n8n.allow_hosts",
      listOf(hostRule(), ",", 1),
      "Webhooks at these hosts and networks alone are called. Default: all that nothing else denies.");

  static final Setting<List<HostRule>> DENY_HOSTS = Setting.unset(
      "n8n.deny_hosts",
      listOf(hostRule(), ",", 0),
      "Webhooks at these hosts and networks are not called. Link-local, metadata and multicast addresses are not either, unless a network in `n8n.allow_hosts` has them.");

  static final Setting<Boolean> DENY_PRIVATE = Setting.of(
      "n8n.deny_private",
      truth(),
      "false",
      "Whether webhooks at private addresses and at this machine are not called, unless a network in `n8n.allow_hosts` has them.");

  static final Setting<Path> CA_FILE = Setting.unset(
      TlsFiles.AUTHORITIES,
      path(),
      "Certificates, in PEM, that are trusted over https besides those that Java trusts.");

  static final Setting<Path> CLIENT_CERT_FILE = Setting.unset(
      TlsFiles.CERTIFICATES,
      path(),
      "A certificate, in PEM, with those above it, that is shown to hosts that ask for one.");

  static final Setting<Path> CLIENT_KEY_FILE =
      Setting.unset(TlsFiles.KEY, path(), "The key of `n8n.client_cert_file`, in PEM (PKCS#8).");

  static final Setting<Secret> CLIENT_KEY_PASSWORD = Setting.secret(
      TlsFiles.PASSWORD, "The password of `n8n.client_key_file`, if that is encrypted.");

  static final Setting<Duration> CONNECT_TIMEOUT = Setting.of(
      "dispatch.connect_timeout", duration(SHORTEST), "5s", "How long connecting may take.");

  static final Setting<Duration> RESPONSE_TIMEOUT = Setting.unset(
      "dispatch.response_timeout",
      duration(SHORTEST),
      "How long one call may take. Default: `30s`, or `300s` with `completion = \"trigger\"`.");

  static final Setting<OptionalInt> MAX_IN_FLIGHT = Setting.of(
      "dispatch.max_in_flight_per_host",
      wholeNumberOr("adaptive", 1, 10_000),
      "adaptive",
      "How many calls to one host are under way at the same time; `adaptive`: 2 to 32, as fast as the host answers.");

  static final Setting<Integer> MAX_PER_SECOND = Setting.unset(
      "dispatch.max_per_second_per_host",
      wholeNumber(1, 1_000_000),
      "How many calls to one host begin in a second at most.");

  static final Setting<Integer> RETRIES = Setting.of(
      "dispatch.retries",
      wholeNumber(0, 100),
      "3",
      "How often a call that failed safely is repeated at most.");

  static final Setting<List<Duration>> RETRY_DELAYS = Setting.of(
      "dispatch.retry_delays",
      listOf(duration(Duration.ZERO), ",", 1),
      "1s, 2s, 4s",
      "The waits before the repeats, the last for all further ones; up to a quarter shorter or longer.");

  static final Setting<Integer> RETRY_PERCENT = Setting.of(
      "dispatch.retry_percent",
      wholeNumber(0, 100),
      "20",
      "How many percent of the calls to one host within a minute may be repeats; those beyond wait.");

  static final Setting<Integer> RETRIES_PER_SECOND = Setting.of(
      "dispatch.retries_per_second",
      wholeNumber(1, 1_000_000),
      "10",
      "How many repeats at one host are made in a second whatever `dispatch.retry_percent` says.");

  static final Setting<Boolean> RETRY_UNKNOWN = Setting.of(
      "dispatch.retry_unknown",
      truth(),
      "false",
      "Whether a call that may have arrived is repeated: it may run a workflow twice.");

  static final Setting<Boolean> RETRY_WORKFLOW_ERROR = Setting.of(
      "dispatch.retry_workflow_error",
      truth(),
      "false",
      "Whether a workflow that ran and failed is started again.");

  static final Setting<Duration> NOT_REGISTERED_FOR = Setting.of(
      "dispatch.not_registered_for",
      duration(Duration.ZERO),
      "60s",
      "How long a webhook that n8n does not know is tried again; n8n says so while it starts.");

  static final Setting<Duration> CLOSED_DOOR_DEADLINE = Setting.of(
      "dispatch.closed_door_deadline",
      duration(Duration.ZERO),
      "10m",
      "How long a host is waited for that asks to be left alone or is kept off by its circuit breaker.");

  static final Setting<Duration> GIVE_UP_HOST_AFTER = Setting.of(
      "dispatch.give_up_host_after",
      duration(Duration.ZERO),
      "60s",
      "How long a host is waited for that gives no sign of life; then the calls that wait for it fail.");

  static final Setting<Integer> BREAKER_PERCENT = Setting.of(
      "dispatch.breaker_percent",
      wholeNumber(1, 100),
      "50",
      "How many percent of the calls to one host must fail, or be slow, for it to be left alone for a while.");

  static final Setting<Integer> BREAKER_CALLS = Setting.of(
      "dispatch.breaker_calls",
      wholeNumber(1, 1_000_000),
      "4",
      "How many calls it takes to judge, and how many in a row that cannot reach the host are enough.");

  static final Setting<Duration> BREAKER_WINDOW = Setting.of(
      "dispatch.breaker_window",
      duration(BreakerSettings.SHORTEST_WINDOW),
      "60s",
      "How old the calls may be that count.");

  static final Setting<Duration> BREAKER_PAUSE = Setting.of(
      "dispatch.breaker_pause",
      duration(SHORTEST),
      "5s",
      "How long a host is left alone; then one call at a time finds out whether it is back.");

  static final Setting<Duration> SLOW_CALL = Setting.unset(
      "dispatch.slow_call",
      duration(SHORTEST),
      "From when on a call is slow. Default: half of `dispatch.response_timeout`.");

  static final Setting<Boolean> PUBLIC_METRICS = Setting.of(
      "metrics.public", truth(), "false", "Whether `GET /metrics` is answered without the key.");

  static final Setting<Duration> WATCH_GRACE = Setting.of(
      "watch.grace",
      duration(Duration.ofSeconds(61)),
      "5m",
      "How late a fire, or the calls of a job, may be before health, metrics and log say that they are missing.");

  static final Setting<Secret> ALERTS_URL = Setting.secret(
      "alerts.url",
      secretUrl(),
      "A webhook that is told what went wrong. Slack's is a secret, and so may others be.");

  static final Setting<AlertFormat> ALERTS_FORMAT = Setting.of(
      "alerts.format",
      oneOf(AlertFormat.class),
      "json",
      "What `alerts.url` understands; `slack` is a text, which Mattermost and others understand too.");

  static final Setting<List<AlertKind>> ALERTS_ON = Setting.unset(
      "alerts.on", listOf(alertKind(), ",", 1), "What there are alerts of. Default: all.");

  static final Setting<Duration> ALERTS_REPEAT_AFTER = Setting.of(
      "alerts.repeat_after",
      duration(Duration.ofMinutes(1)),
      "4h",
      "After which time something that lasts is told again, and what has happened again is told as one.");

  static final Setting<Duration> ALERTS_HOST_CLOSED_FOR = Setting.of(
      "alerts.host_closed_for",
      duration(Duration.ZERO),
      "5m",
      "How long a host must have been left alone to be told of.");

  static final Setting<Duration> ALERTS_STORE_AWAY_FOR = Setting.of(
      "alerts.store_away_for",
      duration(Duration.ZERO),
      "1m",
      "How long a store must have been out of reach, or a fire must have failed, to be told of.");

  static final List<Setting<?>> ALL = List.of(
      ENVIRONMENT,
      CONFIG_KV,
      JOBS_KV,
      BIND,
      PORT,
      API_KEY,
      CORS_ORIGINS,
      REQUEST_LOG,
      REGISTRY_FILE,
      REGISTRY_MAX_AGE,
      CRONS,
      ZONE,
      HEARTBEAT_URL,
      COMPLETION,
      PUBLIC_URL,
      CALLBACK_SECRET,
      JOB_TIMEOUT,
      RETRY_UNFINISHED,
      DELIVERY,
      LEASE,
      RETENTION,
      SHUTDOWN_GRACE,
      N8N_API_KEY,
      KEY_HEADER,
      KEY_SCHEME,
      KEY_HOSTS,
      SIGNING_SECRETS,
      ALLOW_HOSTS,
      DENY_HOSTS,
      DENY_PRIVATE,
      CA_FILE,
      CLIENT_CERT_FILE,
      CLIENT_KEY_FILE,
      CLIENT_KEY_PASSWORD,
      CONNECT_TIMEOUT,
      RESPONSE_TIMEOUT,
      MAX_IN_FLIGHT,
      MAX_PER_SECOND,
      RETRIES,
      RETRY_DELAYS,
      RETRY_PERCENT,
      RETRIES_PER_SECOND,
      RETRY_UNKNOWN,
      RETRY_WORKFLOW_ERROR,
      NOT_REGISTERED_FOR,
      CLOSED_DOOR_DEADLINE,
      GIVE_UP_HOST_AFTER,
      BREAKER_PERCENT,
      BREAKER_CALLS,
      BREAKER_WINDOW,
      BREAKER_PAUSE,
      SLOW_CALL,
      PUBLIC_METRICS,
      WATCH_GRACE,
      ALERTS_URL,
      ALERTS_FORMAT,
      ALERTS_ON,
      ALERTS_REPEAT_AFTER,
      ALERTS_HOST_CLOSED_FOR,
      ALERTS_STORE_AWAY_FOR);

  private Catalogue() {}
}
