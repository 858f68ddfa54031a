package io.schedulerworker.app;

import io.schedulerworker.RegistryStore;
import io.schedulerworker.ScheduleWatch;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.app.io.FileWatch;
import io.schedulerworker.app.names.CalledNames;
import io.schedulerworker.app.settings.ScheduleSettings;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.app.tls.BadTlsFileException;
import io.schedulerworker.app.tls.TlsContext;
import io.schedulerworker.app.tls.TlsFiles;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.TriggerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Puts a scheduler together as the settings say. */
final class Wiring {
  /** Nobody waits for it. */
  private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(30);

  private Wiring() {}

  /** The keys and signing secrets for n8n, their files watched as long as the adapters are open. */
  static RotatingSecrets secrets(Settings settings, Adapters adapters) {
    return new RotatingSecrets(settings.n8n(), adapters.files()::add);
  }

  /** A scheduler without schedules and listeners yet. */
  static SchedulerWorkerBuilder worker(
      Settings settings, Adapters adapters, RotatingSecrets secrets) {
    Telemetry.begin();
    SchedulerWorkerBuilder builder = SchedulerWorker.builder(
            adapters.store("config_kv", settings.configKv()),
            adapters.store("jobs_kv", settings.jobsKv()),
            adapters.trigger(trigger(settings.n8n(), secrets, adapters.files())))
        .environment(settings.environment())
        .completion(settings.completion())
        .jobTimeout(settings.callbacks().jobTimeout())
        .retryUnfinished(settings.callbacks().retryUnfinished())
        .delivery(settings.delivery())
        .lease(settings.lease())
        .retention(settings.retention())
        .registryMaxAge(settings.registryMaxAge())
        .shutdownGrace(settings.shutdownGrace())
        .dispatch(settings.dispatch());
    settings.callbacks().signer().ifPresent(builder::callbacks);
    if (isExclusive(settings.jobsKv(), adapters)) {
      builder.exclusiveJobsKv();
    }
    settings.registryFile().ifPresent(file -> builder.registry(new RegistryFile(file)));
    return builder;
  }

  /** Nobody else has what is in this process's memory, or in a file that it has locked. */
  private static boolean isExclusive(String jobsKv, Adapters adapters) {
    return jobsKv.startsWith("memory:")
        || adapters.exclusiveFile("jobs_kv", jobsKv).isPresent();
  }

  /** The files of those stores that one process at a time can have. */
  static List<Path> exclusiveFiles(Settings settings, Adapters adapters) {
    return Stream.of(
            adapters.exclusiveFile("config_kv", settings.configKv()),
            adapters.exclusiveFile("jobs_kv", settings.jobsKv()))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** The registry in CONFIG_KV. */
  static RegistryStore registry(Settings settings, Adapters adapters, Clock clock) {
    return new RegistryStore(
        adapters.store("config_kv", settings.configKv()),
        clock,
        SchedulerWorkerBuilder.DEFAULT_STORE_TIMEOUT);
  }

  /** Looks at what the schedules should have done. */
  static ScheduleWatch watch(
      Settings settings, Adapters adapters, List<ScheduleSettings> schedules, Clock clock) {
    return new ScheduleWatch(
        adapters.store("jobs_kv", settings.jobsKv()),
        schedules.stream().map(ScheduleSettings::schedule).toList(),
        clock,
        settings.watchGrace(),
        settings.retention(),
        LOOK_TIMEOUT);
  }

  private static TriggerSettings trigger(
      Settings.N8n n8n, RotatingSecrets secrets, FileWatch watch) {
    return TriggerSettings.builder(Version.userAgent())
        .secrets(secrets)
        .connectTimeout(n8n.connectTimeout())
        .responseTimeout(n8n.responseTimeout())
        .breaker(n8n.breaker())
        .reach(n8n.reach())
        .calledHosts(CalledNames.under(n8n.reach()))
        .tls(tls(n8n.tls(), watch))
        .build();
  }

  private static @Nullable SSLContext tls(TlsFiles files, FileWatch watch) {
    try {
      return TlsContext.of(files, watch::add).orElse(null);
    } catch (BadTlsFileException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }
}
