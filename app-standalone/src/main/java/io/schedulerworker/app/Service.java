package io.schedulerworker.app;

import io.schedulerworker.RegistryStore;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.app.api.CompletionRoutes;
import io.schedulerworker.app.api.FireWarnings;
import io.schedulerworker.app.api.Health;
import io.schedulerworker.app.api.HealthRoutes;
import io.schedulerworker.app.api.JobRoutes;
import io.schedulerworker.app.api.MetricsRoutes;
import io.schedulerworker.app.api.OpenApiRoutes;
import io.schedulerworker.app.api.RegistryFileRoutes;
import io.schedulerworker.app.api.RegistryRoutes;
import io.schedulerworker.app.api.RegistryWatch;
import io.schedulerworker.app.api.RetryRoutes;
import io.schedulerworker.app.api.ScheduleRoutes;
import io.schedulerworker.app.api.SilenceWatch;
import io.schedulerworker.app.api.TriggerRoutes;
import io.schedulerworker.app.api.Warnings;
import io.schedulerworker.app.http.Access;
import io.schedulerworker.app.http.ApiKeys;
import io.schedulerworker.app.http.HttpOptions;
import io.schedulerworker.app.http.HttpService;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.app.metrics.Metrics;
import io.schedulerworker.app.owner.OwnerNote;
import io.schedulerworker.app.settings.Finding;
import io.schedulerworker.app.settings.ScheduleSettings;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.system.SystemThreads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler as a service: schedules, HTTP, and notes for other commands, from its start to its stop. */
final class Service implements AutoCloseable {
  static final String LOGGER = "io.schedulerworker.serve";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  /** Whoever waits for the last job by HTTP has the answer by then. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final Settings settings;
  private final List<ScheduleSettings> schedules;
  private final Clock clock;
  private final Warnings warnings = new Warnings();
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private final ExecutorService threads;
  private final Metrics metrics;
  private final Adapters adapters;
  private final Probes probes;
  private final Outgoing outgoing;
  private final RotatingSecrets secrets;
  private final RotatingApiKeys keys;
  private final SchedulerWorker worker;
  private final RegistryWatch watch;
  private final SilenceWatch silence;
  private final HttpService http;

  /**
   * Starts: schedules fire and HTTP answers when this returns, whether or not the stores are in reach.
   *
   * @param findings what is odd with the settings
   * @throws UserException if it cannot, for example because the port is taken
   * @throws io.schedulerworker.port.StoreInUseException if a store is another process's
   */
  static Service start(Settings settings, List<Finding> findings) {
    return start(settings, findings, new SystemClock());
  }

  static Service start(Settings settings, List<Finding> findings, Clock clock) {
    return new Service(settings, findings, clock);
  }

  private Service(Settings settings, List<Finding> findings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.schedules =
        settings.schedules().stream().filter(ScheduleSettings::enabled).toList();
    warnings.set("settings", findings.stream().map(Finding::toString).toList());
    try {
      threads = SystemThreads.newExecutor();
      closings.push(threads::shutdownNow);
      metrics = new Metrics(clock);
      closings.push(metrics::close);
      adapters = new Adapters(clock, Service.this::metered);
      closings.push(adapters::close);
      probes = new Probes(settings, adapters, clock);
      outgoing = new Outgoing(settings, adapters, metrics.alerts(), threads, clock);
      closings.push(outgoing::close);
      secrets = Wiring.secrets(settings, adapters);
      keys = new RotatingApiKeys(settings.http().keys(), adapters.files()::add);
      worker = worker();
      watch =
          new RegistryWatch(worker, schedules, settings.n8n().reach(), warnings, threads, clock);
      silence = silence();
      String token = Tokens.draw();
      http = http(token);
      closings.push(() -> http.stop(LAST_ANSWERS));
      closings.push(leaveNotes(token)::close);
      worker.start();
      closings.push(worker::close);
      watch.start();
      outgoing.watch(probes);
      closings.push(watch::close);
      silence.start();
      closings.push(silence::close);
      metrics.begin(worker, scheduleIds(), Version.number(), threads);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The labels of the stores are what is left of {@code jobs_kv} and {@code config_kv}. */
  private KvStore metered(String setting, KvStore store) {
    return metrics.store(setting.replace("_kv", ""), store);
  }

  private SilenceWatch silence() {
    return new SilenceWatch(
        worker,
        Wiring.watch(settings, adapters, schedules, clock),
        warnings,
        metrics::watched,
        outgoing.conditions(),
        threads,
        clock);
  }

  private List<ScheduleId> scheduleIds() {
    return schedules.stream().map(each -> each.schedule().id()).toList();
  }

  private SchedulerWorker worker() {
    SchedulerWorkerBuilder builder = Wiring.worker(settings, adapters, secrets)
        .clock(clock)
        .listener(new LoggingListener())
        .listener(new FireWarnings(warnings))
        .listener(metrics.listener());
    outgoing.listeners().forEach(builder::listener);
    schedules.forEach(schedule -> builder.schedule(schedule.schedule()));
    return builder.build();
  }

  private HttpService http(String token) {
    Settings.Http where = settings.http();
    ApiKeys recognised = ApiKeys.of(keys).withToken(token);
    HttpOptions options =
        new HttpOptions(recognised, where.corsOrigins(), where.requestLog(), clock);
    try {
      return HttpService.start(where.bind(), where.port(), options, routes());
    } catch (IOException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  /** What is served, anew. */
  List<Route> routes() {
    Health health = new Health(worker, probes::config, probes::jobs, warnings, threads, clock);
    return Stream.of(
            new HealthRoutes(health, Version.number()).routes(),
            new TriggerRoutes(worker, clock, threads).routes(),
            new JobRoutes(worker.jobs()).routes(),
            new RetryRoutes(worker).routes(),
            completionRoutes(),
            new ScheduleRoutes(worker.schedules(), clock).routes(),
            new MetricsRoutes(metrics, metricsAccess()).routes(),
            new OpenApiRoutes(metricsAccess()).routes(),
            registryRoutes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> completionRoutes() {
    return new CompletionRoutes(
            worker.jobs(), settings.callbacks().signer(), this::withoutSecrets, clock)
        .routes();
  }

  /** What a workflow says may have in it what it was sent, or what it sends here. */
  private String withoutSecrets(String text) {
    return secrets.get().known().and(keys.secrets()).redact(text);
  }

  private Access metricsAccess() {
    return settings.http().publicMetrics() ? Access.OPEN : Access.KEY;
  }

  private List<Route> registryRoutes() {
    return settings
        .registryFile()
        .map(file -> new RegistryFileRoutes(new RegistryFile(file), clock).routes())
        .orElseGet(() ->
            new RegistryRoutes(registryStore(), settings.n8n().reach(), watch::look).routes());
  }

  private RegistryStore registryStore() {
    return Wiring.registry(settings, adapters, clock);
  }

  private OwnerNotes leaveNotes(String token) {
    OwnerNote note = new OwnerNote(
        ProcessHandle.current().pid(),
        url(),
        token,
        settings.registryFile().map(Path::toAbsolutePath));
    return OwnerNotes.leave(note, Wiring.exclusiveFiles(settings, adapters));
  }

  /** Where it is reached from this machine. */
  URI url() {
    return ServiceUrl.of(http.address());
  }

  /** Says in the log that all is up, and what is odd. */
  void announce() {
    if (settings.http().keys().isEmpty()) {
      LOG.info(
          "no SCHEDULER_API_KEY is set, and none of [[api_keys]]: over HTTP there is health, and nothing else");
    }
    LOG.info(
        "ready at {}: {}, {}",
        url(),
        schedules.size() == 1 ? "1 schedule" : schedules.size() + " schedules",
        worker.nextFireTime().map(next -> "next fire " + next).orElse("none fires"));
  }

  /** Fires no more, waits for the calls in flight up to the grace, then ends the rest. HTTP answers until then. */
  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
