package io.schedulerworker.simulation;

import io.schedulerworker.simulation.Trouble.Blow;
import io.schedulerworker.simulation.Trouble.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Spreads what goes wrong over the first minutes. */
final class Chaos {
  /** Where a crash or a lost answer hurts. The empty one is any write. */
  private static final List<String> MOMENTS =
      List.of("schedule:", "lease:", "job:", "progress:", "progress:", ReplicaTrigger.KEY, "");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(6);

  private final Run run;
  private final World world;
  private final Registry registry;

  Chaos(Run run, Registry registry) {
    this.run = run;
    this.world = run.world;
    this.registry = registry;
  }

  void begin() {
    run.trouble.rates(run.plan.storeFaults(), run.plan.storeSlowness());
    run.n8n.trouble(run.plan.n8nTrouble());
    times(run.plan.blows(), this::blow);
    times(world.random.nextInt(8), this::storeFault);
    times(atMost(2, 40), this::outage);
    times(atMost(2, 40), this::n8nDown);
    times(atMost(2, 40), () -> victim(this::setClock));
    times(atMost(1, 55), this::blackOut);
    times(atMost(2, 40), this::deploy);
    times(atMost(3, 40), registry::edit);
    times(atMost(1, 20), () -> registry.breakFor(span(10, 100)));
  }

  private int atMost(int most, double percent) {
    return world.chance(percent) ? 1 + world.random.nextInt(most) : 0;
  }

  private void times(int count, Runnable event) {
    for (int i = 0; i < count; i++) {
      world.after(world.between(Duration.ofSeconds(10), run.plan.chaos()), event);
    }
  }

  private void blow() {
    int lot = world.random.nextInt(100);
    if (lot < 60) {
      Blow blow = Plan.oneOf(world, List.of(Blow.values()));
      run.trouble.aimAtReplica(Plan.oneOf(world, MOMENTS), blow, PATIENCE);
    } else if (lot < 70) {
      victim(each -> each.crash("a crash"));
    } else if (lot < 80) {
      victim(each -> each.pause(run.pauseLength()));
    } else if (lot < 87) {
      victim(each -> each.suspend(run.pauseLength()));
    } else {
      victim(run.cluster::stop);
    }
  }

  private void victim(Consumer<Incarnation> what) {
    Optional<Incarnation> any = run.cluster.any();
    any.ifPresent(what);
  }

  /** At any moment, or between lease and fate; whoever is back first may be slow to decide what was missed. */
  private void blackOut() {
    if (world.chance(50)) {
      run.trouble.aimAtReplica("schedule:", Blow.BLACKOUT_BEFORE, PATIENCE);
    } else {
      run.cluster.blackOut();
    }
    if (world.chance(80)) {
      run.trouble.aimAtReplica("schedule:", Blow.PAUSE_AFTER_INTO_NEXT_FIRE, LONG_PATIENCE);
    }
  }

  private void storeFault() {
    List<Fault> faults = List.of(
        Fault.REFUSED, Fault.ANSWER_LOST, Fault.REQUEST_LOST, Fault.LATE, Fault.SLOW, Fault.BROKEN);
    run.trouble.aimAtStore(Plan.oneOf(world, MOMENTS), Plan.oneOf(world, faults), PATIENCE);
  }

  private void outage() {
    Integer replica = world.chance(60) ? world.random.nextInt(run.plan.replicas()) : null;
    Fault fault = Plan.oneOf(
        world, List.of(Fault.REFUSED, Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.CRAWLING));
    Duration span = span(1, 50);
    world.trace.add(world.now(), "store", "OUT for ", span, ": ", fault, ", replica ", replica);
    run.trouble.outage(replica, fault, span);
  }

  private void n8nDown() {
    String host = Registry.host(world.random.nextInt(run.plan.hosts()));
    Duration span = span(1, 90);
    world.trace.add(world.now(), "n8n", host, " DOWN for ", span);
    run.n8n.down(host, span);
  }

  private void setClock(Incarnation who) {
    int lot = world.random.nextInt(100);
    if (lot < 30) {
      who.setClock(run.cluster.wallOffset());
    } else if (lot < 65) {
      boolean slow = who.clock.wallOffset().isNegative();
      who.setClock(slow ? Cluster.MOST_OFF : Cluster.MOST_OFF.negated());
    } else if (lot < 82) {
      who.setClock(world.between(Duration.ofDays(-3), Duration.ofMinutes(-6)));
    } else {
      who.setClock(world.between(Duration.ofMinutes(10), Duration.ofDays(3)));
      world.after(span(1, 25), () -> who.setClock(run.cluster.wallOffset()));
    }
  }

  private void deploy() {
    run.cluster.deploy(Plan.schedules(world));
  }

  private Duration span(int least, int most) {
    return world.between(Duration.ofSeconds(least), Duration.ofSeconds(most));
  }

  /** All is well from now on. */
  void end() {
    run.trouble.end();
    run.n8n.endTrouble();
    registry.write();
  }
}
