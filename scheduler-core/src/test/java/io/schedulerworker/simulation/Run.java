package io.schedulerworker.simulation;

import java.time.Duration;

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

  Run(long seed, Baton baton) {
    this.seed = seed;
    this.world = new World(seed, baton);
    this.store = new SimStore(world);
    this.n8n = new SimN8n(world);
    this.trouble = new Trouble(world);
    this.problems = new Problems(world);
    this.plan = Plan.draw(world);
    this.cluster = new Cluster(this);
  }

  /** Mostly longer than a lease. */
  Duration pauseLength() {
    return world.chance(25)
        ? world.between(Duration.ofMillis(200), Duration.ofSeconds(10))
        : world.between(Duration.ofSeconds(10), Duration.ofSeconds(70));
  }
}
