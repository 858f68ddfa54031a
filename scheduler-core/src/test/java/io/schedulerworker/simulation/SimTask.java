package io.schedulerworker.simulation;

/** Work of one process that may block. Runs on a real thread, while it has the baton. */
final class SimTask {
  private final World world;
  private final Incarnation owner;
  private final Runnable work;
  private Baton.Runner runner;

  SimTask(World world, Incarnation owner, Runnable work) {
    this.world = world;
    this.owner = owner;
    this.work = work;
  }

  World world() {
    return world;
  }

  Incarnation owner() {
    return owner;
  }

  Baton.Runner runner() {
    return runner;
  }

  void run(Baton.Runner on) {
    runner = on;
    world.enter(this);
    try {
      owner.guarded(work);
    } finally {
      world.enter(null);
    }
  }
}
