package io.schedulerworker.app.alerts;

import io.schedulerworker.app.outbox.Lane;
import io.schedulerworker.app.outbox.Letter;
import io.schedulerworker.app.outbox.Outbox;
import io.schedulerworker.app.outbox.Patience;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The alerts of a service: who watches, what is told of it, and to whom. Thread-safe; never blocks but in closing. */
public final class Alerts {
  private static final Patience PATIENCE =
      new Patience(100, Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(1), false);

  /** A tenth of the time between repeats is left to clocks that do not agree, and to stores that round up. */
  private static final int PERCENT_CLAIMED = 90;

  /** Whoever tells of something that lasts claims it anew at each repeat; somebody else does if it is gone. */
  private static final int PERCENT_CLAIMED_WHILE_IT_LASTS = 120;

  private static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private final AlertTarget target;
  private final AlertRules rules;
  private final AlertMeter meter;
  private final Executor threads;
  private final Clock clock;
  private final Lane lane;
  private final AlertDesk desk;
  private final AlertListener listener;
  private final List<StoreWatch> stores = new ArrayList<>();

  /**
   * Alerts that nobody watches for yet.
   *
   * @param target to whom
   * @param rules what
   * @param outbox delivers them
   * @param jobs JOBS_KV, by which processes agree on who tells something
   * @param meter counts them
   * @param threads for what may hang
   * @param clock the time
   */
  public Alerts(
      AlertTarget target,
      AlertRules rules,
      Outbox outbox,
      KvStore jobs,
      AlertMeter meter,
      Executor threads,
      Clock clock) {
    this.target = target;
    this.rules = rules;
    this.meter = meter;
    this.threads = threads;
    this.clock = clock;
    this.lane = outbox.lane("alerts", PATIENCE, meter::failed);
    this.desk = new AlertDesk(
        rules,
        claims(jobs, PERCENT_CLAIMED_WHILE_IT_LASTS),
        claims(jobs, PERCENT_CLAIMED),
        this::send,
        clock);
    this.listener = new AlertListener(desk, rules, clock);
  }

  private Claims claims(KvStore jobs, int percent) {
    Duration claimed = rules.repeatAfter().multipliedBy(percent).dividedBy(100);
    return new Claims(jobs, threads, clock, claimed);
  }

  private void send(Alert alert) {
    lane.offer(new Letter(
        target.url(),
        CONTENT_TYPE,
        dropped -> AlertJson.of(alert, target, dropped),
        () -> meter.sent(alert.kind(), alert.status())));
  }

  /**
   * Makes alerts of what happens to fires and jobs.
   *
   * @return to be told by the scheduler
   */
  public JobListener listener() {
    return listener;
  }

  /**
   * Where others that watch something say so.
   *
   * @return to be raised and resolved by them
   */
  public Conditions conditions() {
    return desk;
  }

  /**
   * Asks a store every 15 seconds whether it is there, from now on.
   *
   * @param name the store's, for people
   * @param question fails if it is out of reach; may block
   */
  public synchronized void watch(String name, Runnable question) {
    StoreWatch watch = new StoreWatch(name, question, rules.storeAwayFor(), desk, threads, clock);
    stores.add(watch);
    watch.start();
  }

  /**
   * Watches no more. What has happened goes to the outbox before this returns.
   *
   * @param most how long that may take, by real time
   */
  public synchronized void close(Duration most) {
    stores.forEach(StoreWatch::close);
    listener.close();
    desk.close(most);
  }
}
