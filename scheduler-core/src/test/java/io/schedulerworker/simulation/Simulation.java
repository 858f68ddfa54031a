package io.schedulerworker.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs one seed: some minutes in which much goes wrong, some in which nothing does, and more than an hour in which one
 * replica cleans up. Then everything is checked.
 */
final class Simulation {
  private static final Duration SETTLING = Duration.ofSeconds(110);
  private static final Duration CALM = Duration.ofMinutes(4);
  private static final Duration AFTERMATH = Duration.ofMinutes(155);

  private static final List<Check> CHECKS = List.of(
      new LedgerCheck(),
      new ClockCheck(),
      new FateCheck(),
      new OverlapCheck(),
      new TurnCheck(),
      new HoursCheck(),
      new ManualCheck(),
      new LeaseCheck(),
      new CallCheck(),
      new EpochCheck(),
      new RepeatCheck(),
      new SteeringCheck(),
      new KeptCheck(),
      new SummaryCheck(),
      new WatchCheck(),
      new EndCheck());

  private final Run run;

  private Simulation(Run run) {
    this.run = run;
  }

  /**
   * What came of a seed.
   *
   * @param end what there was to be checked
   * @param faults what was wrong; nothing if all is well
   */
  record Result(Run run, End end, List<String> faults) {}

  static Result of(long seed, Baton baton) {
    Run run = Run.drawn(seed, baton);
    End end = new Simulation(run).run();
    List<String> faults = new ArrayList<>(run.problems.found());
    for (Check check : CHECKS) {
      check.check(run, end, faults::add);
    }
    return new Result(run, end, faults);
  }

  private End run() {
    World world = run.world;
    world.trace.add(0, "seed", run.seed, " ", run.plan);
    Registry registry = new Registry(run);
    registry.write();
    Chaos chaos = new Chaos(run, registry);
    OtherWriter writer = new OtherWriter(run);
    Reporters reporters = new Reporters(run);
    Duration chaosEnd = run.plan.chaos();
    chaos.begin();
    writer.begin();
    reporters.begin();
    new Readers(run).begin(chaosEnd.plusMinutes(5));
    Operators operators = new Operators(run);
    operators.begin(chaosEnd);
    run.cluster.startAll();
    world.runUntil(chaosEnd.toNanos());

    chaos.end();
    run.cluster.calmDown();
    world.after(Duration.ofSeconds(10), operators::resumeAll);
    world.trace.add(world.now(), "world", "CALM");
    runFor(SETTLING);
    Map<String, String> settledState = run.store.contents();
    runFor(CALM);
    Instant calmUntil = latestWall();
    Map<String, String> calmState = run.store.contents();

    writer.end();
    reporters.end();
    run.cluster.leaveOne();
    runFor(AFTERMATH);
    Map<String, String> lastState = run.store.contents();
    run.cluster.endAll();
    runFor(Duration.ofNanos(1));
    return new End(settledState, calmUntil, calmState, lastState, new Histories(run));
  }

  private void runFor(Duration span) {
    run.world.runUntil(run.world.now() + span.toNanos());
  }

  private Instant latestWall() {
    return run.cluster.living().stream()
        .map(each -> each.clock.wall())
        .max(Instant::compareTo)
        .orElse(run.world.time());
  }
}
