/**
 * The core of Scheduler Worker: when to fire, what a job is, whom to call and how often.
 */
module io.schedulerworker.core {
  requires static transitive org.jspecify;

  exports io.schedulerworker.cron;
}
