package io.schedulerworker.app;

import io.schedulerworker.JobHandle;
import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.port.StoreInUseException;
import io.schedulerworker.system.SystemClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * One job whose KPIs a command calls, and waits for: in this process, or in the service that has the stores.
 *
 * @param path what the service is asked for
 * @param kpis whom to call; empty: all
 * @param begin begins it in this process
 */
record OneJob(String path, List<String> kpis, Function<SchedulerWorker, JobHandle> begin) {
  /** Somebody waits for the end. */
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(30);

  /** Who it is by whom KPIs are driven again. */
  static final String BY = "command line";

  /**
   * Has its KPIs called.
   *
   * @param quiet whether no progress is shown
   * @return the record when every call is settled
   */
  JobRecord run(Settings settings, boolean quiet) {
    try (Adapters adapters = new Adapters(new SystemClock())) {
      return run(settings, adapters, quiet);
    }
  }

  private JobRecord run(Settings settings, Adapters adapters, boolean quiet) {
    try (Progress progress = Progress.on(Terminal.isPresent() && !quiet);
        SchedulerWorker worker = worker(settings, adapters, progress)) {
      return ShutdownHook.guard(worker::close, () -> settled(begin.apply(worker)));
    } catch (StoreInUseException e) {
      return OwnersRun.perform(
          Owners.noteOf(Wiring.exclusiveFiles(settings, adapters), e), settings, path, kpis);
    }
  }

  private static SchedulerWorker worker(Settings settings, Adapters adapters, Progress progress) {
    return Wiring.worker(settings, adapters, Wiring.secrets(settings, adapters))
        .listener(new LoggingListener())
        .listener(progress)
        .storePatience(STORE_PATIENCE)
        .build();
  }

  private static JobRecord settled(JobHandle job) {
    try {
      return job.settled().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
