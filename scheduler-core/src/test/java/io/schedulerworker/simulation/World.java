package io.schedulerworker.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time, what happens when, and chance. Events run in the order of their time and, at the same time, of their
 * making. Whichever thread has the baton runs them; an event that goes on with another task passes the baton.
 *
 * <p>Confined to whoever has the baton.
 */
final class World {
  /** True time zero; the clocks of replicas are off by minutes. */
  static final Instant START = Instant.parse("2026-03-10T08:00:00Z");

  final SplittableRandom random;
  final Trace trace = new Trace();
  private final Baton baton;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
  private Baton.Audience audience;
  private long now;
  private long horizon;
  private long eventsMade;
  private long eventsDone;

  /** What the thread that waits may see. */
  private volatile long eventsSoFar;

  private SimTask current;
  private RuntimeException broken;

  World(long seed, Baton baton) {
    this.random = new SplittableRandom(seed);
    this.baton = baton;
  }

  /**
   * Something to happen.
   *
   * @param owner the process it is part of: it waits while that is paused, and falls away with it; null for the world's
   * @param action run on any thread, must not block; null if a task begins or goes on
   * @param task begins; null if not
   * @param pause ends; null if not
   */
  private record Event(
      long time, long number, Incarnation owner, Runnable action, SimTask task, Pause pause) {}

  /** A task that waits in simulated time. */
  static final class Pause {
    private final SimTask task;
    private boolean over;

    private Pause(SimTask task) {
      this.task = task;
    }
  }

  /** Nanoseconds since {@link #START}. */
  long now() {
    return now;
  }

  Instant time() {
    return START.plusNanos(now);
  }

  long eventsSoFar() {
    return eventsSoFar;
  }

  /** The world does something. */
  void at(long time, Runnable action) {
    add(time, null, action, null, null);
  }

  void after(Duration delay, Runnable action) {
    at(now + delay.toNanos(), action);
  }

  /** A process does something that does not block. */
  void at(long time, Incarnation owner, Runnable action) {
    add(time, owner, action, null, null);
  }

  /** A process begins something that may block. */
  void begin(long time, Incarnation owner, Runnable work) {
    add(time, owner, null, new SimTask(this, owner, work), null);
  }

  private void add(long time, Incarnation owner, Runnable action, SimTask task, Pause pause) {
    events.add(new Event(Math.max(time, now), eventsMade++, owner, action, task, pause));
  }

  /** The task that runs; null while something runs that must not block. */
  SimTask current() {
    return current;
  }

  void enter(SimTask task) {
    current = task;
  }

  /** What the running task can wait for, see {@link #block}. */
  Pause newPause() {
    return new Pause(current);
  }

  /** Lets a waiting task go on at some time; the first such moment counts. */
  void wake(Pause pause, long time) {
    add(time, pause.task.owner(), null, null, pause);
  }

  /** Makes the running task wait until it is woken. */
  void block(Pause pause) {
    SimTask self = pause.task;
    current = null;
    drive(self);
    current = self;
  }

  /** Runs everything up to a time, and returns when it has come. */
  void runUntil(long time) {
    horizon = time;
    audience = baton.new Audience();
    Event next = runToNextTask();
    if (next != null) {
      passTo(next);
      audience.awaitTurn(this);
    }
    if (broken != null) {
      throw broken;
    }
    now = time;
  }

  /**
   * Runs what comes next, until it is the given task's turn.
   *
   * @param self the task that waits; null if the thread has none
   * @return for a thread without a task, one to begin; null if it has passed the baton
   */
  SimTask drive(SimTask self) {
    Event next = runToNextTask();
    if (next != null && next.pause != null && next.pause.task == self) {
      return null;
    }
    if (self != null) {
      pass(next);
      baton.await(self);
      return null;
    }
    if (next != null && next.task != null) {
      return next.task;
    }
    baton.becomeIdle();
    pass(next);
    return null;
  }

  private void pass(Event next) {
    if (next == null) {
      audience.giveTurn();
    } else {
      passTo(next);
    }
  }

  private void passTo(Event next) {
    if (next.task != null) {
      baton.begin(next.task);
    } else {
      baton.resume(next.pause.task);
    }
  }

  /** Runs events that need no thread of their own; returns the first that does, null at the horizon. */
  private Event runToNextTask() {
    while (!events.isEmpty() && events.peek().time <= horizon) {
      Event event = events.poll();
      now = event.time;
      eventsDone++;
      eventsSoFar = eventsDone;
      if (isDue(event)) {
        if (event.action == null) {
          return event;
        }
        run(event);
      }
    }
    return null;
  }

  private void run(Event event) {
    if (event.owner != null) {
      event.owner.guarded(event.action);
      return;
    }
    try {
      event.action.run();
    } catch (RuntimeException e) {
      // A mistake in the simulator. It may come up on any thread; the one that waits reports it.
      broken = e;
      events.clear();
    }
  }

  private boolean isDue(Event event) {
    if (event.pause != null) {
      return isPauseOver(event);
    }
    if (event.owner == null) {
      return true;
    }
    return !event.owner.isDead() && !isPutOff(event);
  }

  private boolean isPauseOver(Event event) {
    // A dead process' tasks go on too: only to be unwound.
    if (event.pause.over || (!event.owner.isDead() && isPutOff(event))) {
      return false;
    }
    event.pause.over = true;
    return true;
  }

  private boolean isPutOff(Event event) {
    long until = event.owner.pausedUntil();
    if (until <= now) {
      return false;
    }
    add(until, event.owner, event.action, event.task, event.pause);
    return true;
  }

  /** From the first to the last, evenly. */
  Duration between(Duration first, Duration last) {
    return Duration.ofNanos(random.nextLong(first.toNanos(), last.toNanos() + 1));
  }

  /** Something that happens in so many of a hundred cases. */
  boolean chance(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  @Override
  public String toString() {
    return "world at " + Duration.ofNanos(now) + ", event " + eventsSoFar;
  }
}
