package io.schedulerworker.app;

import io.schedulerworker.JobStore;
import io.schedulerworker.ScheduleStore;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.app.api.JobRoutes;
import io.schedulerworker.app.api.RegistryFileRoutes;
import io.schedulerworker.app.api.RegistryRoutes;
import io.schedulerworker.app.api.ScheduleRoutes;
import io.schedulerworker.app.http.Route;
import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.LocalApi;
import io.schedulerworker.app.owner.RemoteApi;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.StoreInUseException;
import io.schedulerworker.system.SystemClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;

/** The API for commands: on the stores themselves, or on the service that has them. */
final class Apis {
  private static final String CONFIG_KV = "config_kv";
  private static final String JOBS_KV = "jobs_kv";

  private Apis() {}

  /** What there is to do with jobs that are there. */
  static Api jobs(Settings settings) {
    return open(
        JOBS_KV,
        settings.jobsKv(),
        (adapters, clock) -> new JobRoutes(new JobStore(
                adapters.store(JOBS_KV, settings.jobsKv()),
                clock,
                SchedulerWorkerBuilder.DEFAULT_STORE_TIMEOUT))
            .routes());
  }

  /** What there is to do with schedules. */
  static Api schedules(Settings settings) {
    return open(
        JOBS_KV,
        settings.jobsKv(),
        (adapters, clock) -> new ScheduleRoutes(
                new ScheduleStore(
                    adapters.store(JOBS_KV, settings.jobsKv()),
                    clock,
                    SchedulerWorkerBuilder.DEFAULT_STORE_TIMEOUT),
                clock)
            .routes());
  }

  /** Where something is done with one schedule, whatever its name. */
  static String ofSchedule(String id, String what) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return "/api/schedules/" + encoded + "/" + what;
  }

  /** What there is to do with the registry. */
  static Api registry(Settings settings) {
    if (settings.registryFile().isPresent()) {
      RegistryFile file = new RegistryFile(settings.registryFile().get());
      return new LocalApi(
          new RegistryFileRoutes(file, new SystemClock()).routes(), false, () -> {});
    }
    return open(
        CONFIG_KV,
        settings.configKv(),
        (adapters, clock) -> new RegistryRoutes(
                Wiring.registry(settings, adapters, clock), settings.n8n().reach(), () -> {})
            .routes());
  }

  private static Api open(
      String setting, String uri, BiFunction<Adapters, Clock, List<Route>> routes) {
    Clock clock = new SystemClock();
    Adapters adapters = new Adapters(clock);
    boolean exclusive = adapters.exclusiveFile(setting, uri).isPresent();
    try {
      return new LocalApi(routes.apply(adapters, clock), exclusive, adapters::close);
    } catch (StoreInUseException e) {
      adapters.close();
      return RemoteApi.of(
          Owners.noteOf(adapters.exclusiveFile(setting, uri).stream().toList(), e));
    } catch (RuntimeException e) {
      adapters.close();
      throw e;
    }
  }
}
