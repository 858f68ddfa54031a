package io.schedulerworker.simulation;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.SchedulerWorkerBuilder;
import io.schedulerworker.model.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replicas: started, killed, stopped, started again, some with clocks that are minutes off. */
final class Cluster {
  private static final Duration STOP_AT_MOST = Duration.ofSeconds(60);

  private static final Duration SHORTEST_BLACKOUT = Duration.ofSeconds(70);
  private static final Duration LONGEST_BLACKOUT = Duration.ofSeconds(200);
  private static final Duration LEAST_ALONE = Duration.ofMinutes(2);
  private static final Duration MOST_ALONE = Duration.ofSeconds(250);

  static final Duration MOST_OFF = Duration.ofSeconds(145);

  private final Run run;
  private final World world;
  private final Incarnation[] replicas;
  private final int[] lives;
  private final long[] notBefore;
  private final List<Incarnation> all = new ArrayList<>();
  private List<Schedule> schedules;
  private List<Schedule> lastSchedules = List.of();
  private boolean calm;
  private int kept;

  Cluster(Run run, List<Schedule> schedules) {
    this.run = run;
    this.world = run.world;
    this.replicas = new Incarnation[run.plan.replicas()];
    this.lives = new int[run.plan.replicas()];
    this.notBefore = new long[run.plan.replicas()];
    this.schedules = schedules;
    this.kept = replicas.length;
  }

  /** The schedules that a process has which is started now. */
  List<Schedule> schedules() {
    return schedules;
  }

  /** The schedules that were in force until there were none. */
  List<Schedule> lastSchedules() {
    return lastSchedules;
  }

  void startAll() {
    for (int i = 0; i < replicas.length; i++) {
      startLater(i, world.between(Duration.ZERO, Duration.ofSeconds(5)));
    }
  }

  private void startLater(int replica, Duration wait) {
    long earliest = calm ? 0 : notBefore[replica];
    world.at(Math.max(world.now() + wait.toNanos(), earliest), () -> start(replica));
  }

  private void start(int replica) {
    if (!calm && world.now() < notBefore[replica]) {
      startLater(replica, Duration.ZERO);
      return;
    }
    if (replica >= kept || (replicas[replica] != null && !replicas[replica].isDead())) {
      return;
    }
    Incarnation me = new Incarnation(run, replica, ++lives[replica], wallOffset());
    replicas[replica] = me;
    all.add(me);
    me.begins(build(me), schedules);
    me.trace(
        "STARTS with ",
        schedules.stream().map(Schedule::cron).toList(),
        ", clock off by ",
        me.clock.wallOffset());
    world.begin(world.now(), me, () -> me.worker().start());
  }

  private SchedulerWorker build(Incarnation me) {
    ReplicaStore store = new ReplicaStore(run, me);
    SchedulerWorkerBuilder builder = SchedulerWorker.builder(
            store, store, new ReplicaTrigger(run, me))
        .clock(me.clock)
        .idGenerator(new SimIds(me))
        .dispatch(run.plan.dispatch())
        .delivery(run.plan.delivery())
        .jobTimeout(run.plan.jobTimeout())
        .retryUnfinished(run.plan.retryUnfinished())
        .listener(new Watcher(run, me))
        .executor(work -> execute(me, work));
    schedules.forEach(builder::schedule);
    return builder.build();
  }

  private void execute(Incarnation me, Runnable work) {
    me.checkAlive();
    world.begin(world.now() + world.random.nextLong(300_000), me, work);
  }

  /** By how much a clock may be off: no two are further apart than five minutes. */
  Duration wallOffset() {
    return world.chance(40)
        ? Duration.ofMillis(world.random.nextInt(-900, 900))
        : world.between(MOST_OFF.negated(), MOST_OFF);
  }

  /** Called when a process died, whoever killed it. */
  void died(Incarnation who) {
    if (calm) {
      startLater(who.replica, Duration.ofSeconds(1));
    } else if (world.chance(30)) {
      startLater(who.replica, world.between(Duration.ofMillis(100), Duration.ofSeconds(3)));
    } else {
      startLater(who.replica, world.between(Duration.ofSeconds(3), Duration.ofSeconds(100)));
    }
  }

  /** All die; one is back after some time, and the others later, so that it decides alone what becomes of the fires. */
  void blackOut() {
    int first = world.random.nextInt(replicas.length);
    long back = world.now() + world.between(SHORTEST_BLACKOUT, LONGEST_BLACKOUT).toNanos();
    for (int i = 0; i < replicas.length; i++) {
      notBefore[i] =
          i == first ? back : back + world.between(LEAST_ALONE, MOST_ALONE).toNanos();
    }
    living().forEach(each -> each.crash("a blackout"));
  }

  /** A process that lives, drawn by lot. */
  Optional<Incarnation> any() {
    List<Incarnation> living = living();
    return living.isEmpty() ? Optional.empty() : Optional.of(Plan.oneOf(world, living));
  }

  List<Incarnation> living() {
    return all.stream().filter(each -> !each.isDead()).toList();
  }

  /** All processes there ever were. */
  List<Incarnation> all() {
    return all;
  }

  Optional<Incarnation> ofOwner(String ownerId) {
    return all.stream().filter(each -> each.ownerIds.contains(ownerId)).findFirst();
  }

  /** Other schedules from now on; one replica after the other gets them. */
  void deploy(List<Schedule> next) {
    schedules = next;
    Duration wait = Duration.ZERO;
    for (Incarnation each : living()) {
      world.after(wait, () -> stop(each));
      wait = wait.plus(world.between(Duration.ZERO, Duration.ofSeconds(20)));
    }
  }

  /** Ends a process as an operator would: asks it to stop, and kills it if it does not. */
  void stop(Incarnation who) {
    if (who.isDead()) {
      return;
    }
    who.trace("STOPS");
    run.incidents.add(who, world.now(), Long.MAX_VALUE, "a stop");
    world.begin(
        world.now(), who, () -> who.worker().stop().whenComplete((done, failure) -> stopped(who)));
    long asked = world.now();
    world.after(STOP_AT_MOST, () -> killIfAlive(who, asked));
  }

  private void stopped(Incarnation who) {
    if (!who.isDead()) {
      who.end("stopped");
    }
  }

  private void killIfAlive(Incarnation who, long asked) {
    if (!who.isDead()) {
      if (calm && who.pausedUntil() < asked) {
        run.problems.add(who, "did not stop within " + STOP_AT_MOST);
      }
      who.crash("a crash");
    }
  }

  /** From now on processes that die are up again at once. */
  void calmDown() {
    calm = true;
    living().forEach(each -> each.setClock(wallOffset()));
    for (int i = 0; i < replicas.length; i++) {
      startLater(i, Duration.ofSeconds(1));
    }
  }

  /** One replica goes on, without schedules, and looks after what the others left. */
  void leaveOne() {
    kept = 1;
    lastSchedules = schedules;
    deploy(List.of());
  }

  void endAll() {
    kept = 0;
    living().forEach(each -> each.end("the simulation is over"));
  }
}
