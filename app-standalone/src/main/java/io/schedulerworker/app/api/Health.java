package io.schedulerworker.app.api;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.api.NewestJob.JobSummary;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** How the service is. It answers within two seconds, whatever hangs. Thread-safe. */
public final class Health {
  private final SchedulerWorker worker;
  private final Warnings warnings;
  private final Clock clock;
  private final Probe<Boolean> config;
  private final Probe<Boolean> jobs;
  private final Probe<Optional<JobSummary>> newest;

  /**
   * The health of a scheduler.
   *
   * @param worker the scheduler
   * @param config fails if the registry's source is out of reach; may block
   * @param jobs fails if JOBS_KV is out of reach; may block
   * @param warnings what else an operator should look at
   * @param threads for what may hang: as many as are needed
   * @param clock the time
   */
  public Health(
      SchedulerWorker worker,
      Runnable config,
      Runnable jobs,
      Warnings warnings,
      Executor threads,
      Clock clock) {
    this.worker = worker;
    this.warnings = warnings;
    this.clock = clock;
    this.config = probe(config, threads);
    this.jobs = probe(jobs, threads);
    this.newest = new Probe<>(new NewestJob(worker, clock)::read, threads, clock);
  }

  private Probe<Boolean> probe(Runnable question, Executor threads) {
    return new Probe<>(
        () -> {
          question.run();
          return true;
        },
        threads,
        clock);
  }

  /** How it is now. */
  CompletionStage<Report> report() {
    long began = clock.nanoTime();
    CompletableFuture<Probe.Answer<Boolean>> configAnswer = config.ask().toCompletableFuture();
    CompletableFuture<Probe.Answer<Boolean>> jobsAnswer = jobs.ask().toCompletableFuture();
    CompletableFuture<?> job = newest.ask().toCompletableFuture();
    return CompletableFuture.allOf(configAnswer, jobsAnswer, job)
        .thenApply(all -> report(
            configAnswer.join().isFailure(),
            jobsAnswer.join().isFailure(),
            Duration.ofNanos(clock.nanoTime() - began)));
  }

  private Report report(boolean configFailed, boolean jobsFailed, Duration took) {
    boolean standsIn = configFailed && worker.hasRegistryToStandIn();
    List<String> said = new ArrayList<>();
    if (jobsFailed) {
      said.add("JOBS_KV is out of reach: no job can be made");
    }
    if (configFailed) {
      said.add("CONFIG_KV is out of reach: "
          + (standsIn ? "the last good registry stands in" : "there is no registry to stand in"));
    }
    Optional<String> clockProblem = worker.clockProblem();
    clockProblem.ifPresent(said::add);
    said.addAll(warnings.all());
    boolean unhealthy = jobsFailed || (configFailed && !standsIn) || clockProblem.isPresent();
    return new Report(
        state(unhealthy, said),
        clock.now(),
        jobsFailed,
        configFailed,
        newest.lastKnown().flatMap(job -> job),
        worker.nextFireTime(),
        said,
        took);
  }

  private static State state(boolean unhealthy, List<String> said) {
    if (unhealthy) {
      return State.UNHEALTHY;
    }
    return said.isEmpty() ? State.HEALTHY : State.DEGRADED;
  }

  /** Whether jobs can be made, and whether all is well. */
  enum State {
    HEALTHY("healthy", 200),
    DEGRADED("degraded", 200),
    UNHEALTHY("unhealthy", 503);

    final String text;
    final int httpStatus;

    State(String text, int httpStatus) {
      this.text = text;
      this.httpStatus = httpStatus;
    }
  }

  /** What health says. */
  record Report(
      State state,
      Instant timestamp,
      boolean jobsFailed,
      boolean configFailed,
      Optional<JobSummary> lastJob,
      Optional<Instant> nextFireTime,
      List<String> warnings,
      Duration took) {}
}
