package io.schedulerworker.simulation;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.cron.CronExpression;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One life of one replica, from its start to its crash or end: a process. */
final class Incarnation {
  final World world;
  final String name;
  final int replica;
  final List<String> ownerIds = new ArrayList<>();
  final SimClock clock;
  private final Run run;
  private SchedulerWorker worker;
  private List<Schedule> schedules = List.of();
  private long startedAt;
  private long endedAt = Long.MAX_VALUE;
  private Duration slowest = Duration.ZERO;
  private boolean farOff;
  private boolean dead;
  private long pausedUntil;
  private final List<World.Pause> waits = new ArrayList<>();
  private final List<ClockSet> clockSets = new ArrayList<>();

  Incarnation(Run run, int replica, int life, Duration wallOffset) {
    this.run = run;
    this.world = run.world;
    this.replica = replica;
    this.name = "r" + replica + "." + life;
    this.clock = new SimClock(this, wallOffset);
  }

  /** Set once, before anything runs. */
  void begins(SchedulerWorker built, List<Schedule> having) {
    worker = built;
    schedules = having;
    startedAt = world.now();
    slowest = clock.wallOffset();
  }

  /** The policy of a schedule as this process has it; empty if it has no such schedule. */
  Optional<SchedulePolicy> policy(ScheduleId id) {
    return schedules.stream()
        .filter(schedule -> schedule.id().equals(id))
        .map(Schedule::policy)
        .findFirst();
  }

  /** When it was started, by the slowest clock that it ever had. */
  Instant started() {
    return World.START.plusNanos(startedAt).plus(slowest);
  }

  /** Whether its clock ever was such that it may be wrong to go by it. */
  boolean wasFarOff() {
    return farOff;
  }

  SchedulerWorker worker() {
    return worker;
  }

  boolean isDead() {
    return dead;
  }

  boolean isPaused() {
    return pausedUntil > world.now();
  }

  long pausedUntil() {
    return pausedUntil;
  }

  /** Until a fire of any of its schedules, by its clock; zero if there are none. */
  Duration untilNextFire() {
    Instant now = clock.wall();
    return schedules.stream()
        .map(schedule ->
            CronExpression.parse(schedule.cron()).nextAfter(now.atZone(schedule.zone())))
        .flatMap(Optional::stream)
        .map(next -> Duration.between(now, next.toInstant()))
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Whether no other process lived while it did, up to a time. */
  boolean wasAlone(long until) {
    return run.cluster.all().stream()
        .allMatch(other -> other == this || other.endedAt <= startedAt || other.startedAt >= until);
  }

  /** What every port asks first. */
  void checkAlive() {
    if (dead) {
      throw new Crashed();
    }
  }

  /** Dies at once; tasks that wait are unwound. What was sent may still arrive. */
  void crash(String why) {
    if (!dead) {
      end(why);
      run.incidents.add(this, world.now(), Long.MAX_VALUE, why);
    }
  }

  /** Is over, without that being an incident. */
  void end(String why) {
    trace("ENDS: ", why);
    dead = true;
    endedAt = world.now();
    waits.forEach(pause -> world.wake(pause, world.now()));
    waits.clear();
    run.cluster.died(this);
  }

  /** Runs nothing for a while, as under a long garbage collection; its clocks go on. */
  void pause(Duration span) {
    pausedUntil = Math.max(pausedUntil, world.now() + span.toNanos());
    trace("PAUSED for ", span);
    run.incidents.add(this, world.now(), pausedUntil, "a pause");
  }

  /** Runs nothing for a while, as a machine that is suspended: the monotonic clock stands still. */
  void suspend(Duration span) {
    clock.stopFor(span);
    pause(span);
    run.incidents.add(this, world.now(), world.now() + span.toNanos(), Incidents.SUSPENSION);
  }

  /** Somebody sets its wall clock, to be off by so much. */
  void setClock(Duration offset) {
    if (dead) {
      return;
    }
    Duration by = offset.minus(clock.wallOffset());
    trace("CLOCK set by ", by);
    clockSets.add(new ClockSet(world.now(), clock.wallOffset(), offset));
    clock.shiftWall(by);
    slowest = shorter(slowest, offset);
    farOff |= offset.abs().compareTo(Cluster.MOST_OFF) > 0;
    run.incidents.add(this, world.now(), world.now(), "a clock set");
    if (by.isNegative()) {
      run.incidents.add(this, world.now(), world.now(), Incidents.CLOCK_SET_BACK);
    }
  }

  /** By how much its clock was off at a time. */
  Duration wallOffset(long time) {
    return clockSets.stream()
        .filter(set -> set.time() > time)
        .findFirst()
        .map(ClockSet::from)
        .orElseGet(clock::wallOffset);
  }

  List<ClockSet> clockSets() {
    return clockSets;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Waits in simulated time, as part of the running task. */
  void waitUntil(long time) {
    World.Pause pause = world.newPause();
    waits.add(pause);
    world.wake(pause, time);
    world.block(pause);
    waits.remove(pause);
    checkAlive();
  }

  /** Runs something of this process. What it throws it should not have thrown, unless the process is dead. */
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (Crashed e) {
      // That is how the tasks of a dead process end.
    } catch (RuntimeException | Error e) {
      if (!dead) {
        run.problems.add(this, "the core threw " + e + " at " + Problems.place(e));
      }
    }
  }

  void trace(Object... what) {
    world.trace.add(world.now(), name, what);
  }

  @Override
  public String toString() {
    return name;
  }
}
