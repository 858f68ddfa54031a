package io.schedulerworker.simulation;

import io.schedulerworker.model.Schedule;
import java.time.Duration;
import java.util.List;

/** One simulation: everything that follows from one seed. */
final class Run {
  final long seed;
  final World world;
  final SimStore store;
  final SimN8n n8n;
  final Trouble trouble;
  final Incidents incidents = new Incidents();
  final Problems problems;
  final Plan plan;
  final Cluster cluster;
  final Others others = new Others();
  final Manual manual = new Manual();
  final Steering steering = new Steering();

  private Run(long seed, World world, Plan plan, List<Schedule> schedules) {
    this.seed = seed;
    this.world = world;
    this.store = new SimStore(world);
    this.n8n = new SimN8n(world);
    this.trouble = new Trouble(world);
    this.problems = new Problems(world);
    this.plan = plan;
    this.cluster = new Cluster(this, schedules);
  }

  /** One whose plan follows from the seed too. */
  static Run drawn(long seed, Baton baton) {
    World world = new World(seed, baton);
    return new Run(seed, world, Plan.draw(world), Plan.schedules(world));
  }

  static Run of(long seed, Baton baton, Plan plan, List<Schedule> schedules) {
    return new Run(seed, new World(seed, baton), plan, schedules);
  }

  /** Mostly longer than a lease. */
  Duration pauseLength() {
    return world.chance(25)
        ? world.between(Duration.ofMillis(200), Duration.ofSeconds(10))
        : world.between(Duration.ofSeconds(10), Duration.ofSeconds(70));
  }
}
