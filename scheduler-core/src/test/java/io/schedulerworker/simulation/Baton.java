package io.schedulerworker.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Real threads of which one runs at a time: whoever has the baton. The port of the store blocks, so simulated tasks need
 * threads of their own; that they never run together is what makes a simulation repeatable. Threads are used again by
 * later tasks and later simulations.
 */
final class Baton implements AutoCloseable {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Deque<Runner> idle = new ArrayDeque<>();
  private final List<Runner> all = new ArrayList<>();
  private volatile boolean closed;

  /** A thread that runs one task after the other, and between them whatever the world has next. */
  final class Runner extends Thread {
    private volatile boolean mayRun;
    private SimTask next;

    private Runner(int number) {
      super("simulated-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      awaitTurn();
      while (!closed) {
        World world = next.world();
        for (SimTask task = next; task != null; task = world.drive(null)) {
          next = null;
          task.run(this);
        }
        awaitTurn();
      }
    }

    private void awaitTurn() {
      while (!mayRun && !closed) {
        LockSupport.park(this);
      }
      mayRun = false;
    }

    private void giveTurn() {
      mayRun = true;
      LockSupport.unpark(this);
    }
  }

  /** The thread that asked for the simulation; it only waits. */
  final class Audience {
    private final Thread thread = Thread.currentThread();
    private volatile boolean mayRun;

    /** Waits until everything is done that was to be done. */
    void awaitTurn(World world) {
      long seen = -1;
      while (!mayRun) {
        LockSupport.parkNanos(this, PATIENCE_NANOS);
        if (!mayRun && seen == world.eventsSoFar()) {
          throw new AssertionError(stuck(world));
        }
        seen = mayRun ? seen : world.eventsSoFar();
      }
      mayRun = false;
    }

    void giveTurn() {
      mayRun = true;
      LockSupport.unpark(thread);
    }
  }

  /** Lets a task begin, on a thread that is free. */
  void begin(SimTask task) {
    Runner runner = idle.isEmpty() ? newRunner() : idle.pop();
    runner.next = task;
    runner.giveTurn();
  }

  private Runner newRunner() {
    Runner runner = new Runner(all.size());
    all.add(runner);
    runner.start();
    return runner;
  }

  /** Lets a task go on that waited. */
  void resume(SimTask task) {
    task.runner().giveTurn();
  }

  /** Called by a task that gave the baton away: returns when it is its turn again. */
  void await(SimTask task) {
    task.runner().awaitTurn();
    if (closed) {
      throw new Crashed();
    }
  }

  /** Called by a thread without a task, before it gives the baton away. */
  void becomeIdle() {
    idle.push((Runner) Thread.currentThread());
  }

  /** A real lock that is held while its holder waits in simulated time stops everything: the stacks show which. */
  private String stuck(World world) {
    StringBuilder text = new StringBuilder(
            "the simulation hangs: a task waits for a real lock, or loops. ")
        .append(world)
        .append(", stacks:\n");
    for (Runner runner : all) {
      StackTraceElement[] stack = runner.getStackTrace();
      text.append(runner.getName()).append(' ').append(runner.getState()).append('\n');
      for (int i = 0; i < Math.min(25, stack.length); i++) {
        text.append("    at ").append(stack[i]).append('\n');
      }
    }
    return text.toString();
  }

  /** Ends the threads. No simulation may be on its way. */
  @Override
  public void close() {
    closed = true;
    all.forEach(LockSupport::unpark);
  }
}
