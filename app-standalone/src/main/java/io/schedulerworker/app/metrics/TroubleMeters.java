package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What should be rare. Each is 0 from the start, so that its first time is seen as a rise. */
final class TroubleMeters {
  private final Counter leasesLost;
  private final Counter takeovers;
  private final Counter handOvers;
  private final Counter notStored;
  private final Counter standIns;

  TroubleMeters(MeterRegistry registry) {
    leasesLost = Counter.builder("scheduler_worker_leases_lost")
        .description("Jobs that another process took over from this one")
        .register(registry);
    takeovers = Counter.builder("scheduler_worker_takeovers")
        .description("Jobs of another process, or an earlier start, that this one went on with")
        .register(registry);
    handOvers = Counter.builder("scheduler_worker_handovers")
        .description("Jobs that this process left to others when it was told to stop")
        .register(registry);
    notStored = Counter.builder("scheduler_worker_jobs_not_stored")
        .description("Jobs whose outcome could not be stored")
        .register(registry);
    standIns = Counter.builder("scheduler_worker_registry_stand_ins")
        .description("Times that the last good registry stood in for one out of reach")
        .register(registry);
  }

  void leaseLost() {
    leasesLost.increment();
  }

  void takenOver() {
    takeovers.increment();
  }

  void handedOver() {
    handOvers.increment();
  }

  void notStored() {
    notStored.increment();
  }

  void registryStoodIn() {
    standIns.increment();
  }
}
