/**
 * The core of Scheduler Worker: when to fire, what a job is, whom to call and how often.
 *
 * <p>Start at {@code io.schedulerworker.SchedulerWorker}.
 */
module io.schedulerworker.core {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;

  exports io.schedulerworker;
  exports io.schedulerworker.cron;
  exports io.schedulerworker.json;
  exports io.schedulerworker.model;
  exports io.schedulerworker.port;
  exports io.schedulerworker.reach;
  exports io.schedulerworker.system;
}
