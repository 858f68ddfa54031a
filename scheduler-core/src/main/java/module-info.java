/**
 * The core of Scheduler Worker: when to fire, what a job is, whom to call and how often.
 *
 * <p>Start at {@code io.schedulerworker.SchedulerWorker}.
 */
@SuppressWarnings(
    "requires-automatic") // OpenTelemetry has names in its manifests, and no descriptors
module io.schedulerworker.core {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static io.opentelemetry.api;
  requires static io.opentelemetry.context;
  requires static transitive org.jspecify;

  exports io.schedulerworker;
  exports io.schedulerworker.cron;
  exports io.schedulerworker.json;
  exports io.schedulerworker.model;
  exports io.schedulerworker.port;
  exports io.schedulerworker.reach;
  exports io.schedulerworker.system;
}
