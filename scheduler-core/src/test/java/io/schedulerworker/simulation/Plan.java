package io.schedulerworker.simulation;

import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.Delivery;
import io.schedulerworker.model.DispatchPolicy;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.SchedulePolicy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What a seed is about.
 *
 * @param replicas how many
 * @param kpis how many the registry begins with
 * @param hosts how many instances of n8n
 * @param delivery what becomes of calls without a recorded outcome
 * @param dispatch how calls are made
 * @param jobTimeout how long the ends of workflows are waited for; zero: for ever
 * @param retryUnfinished whether those whose ends are not reported by then are driven again
 * @param chaos how long things go wrong
 * @param storeFaults how many of a hundred calls of the store fail by chance
 * @param storeSlowness how many of a hundred calls of the store take seconds
 * @param n8nTrouble how many of a hundred calls of n8n meet with trouble
 * @param blows how many crashes, pauses and the like there are
 */
record Plan(
    int replicas,
    int kpis,
    int hosts,
    Delivery delivery,
    DispatchPolicy dispatch,
    Duration jobTimeout,
    boolean retryUnfinished,
    Duration chaos,
    double storeFaults,
    double storeSlowness,
    double n8nTrouble,
    int blows) {
  private static final List<String> CRONS = List.of(
      "* * * * *", "*/2 * * * *", "1-59/2 * * * *", "*/3 * * * *", "*/4 * * * *", "*/5 * * * *");
  /** Most of what a simulation lasts is outside; at last it is within. */
  private static final HoursOfDay HOURS = HoursOfDay.parse("8:11-8:01");

  private static final List<Duration> JOB_TIMEOUTS =
      List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(20));

  private static final List<Double> STORE_FAULTS = List.of(0.0, 0.0, 0.5, 2.0, 8.0);
  private static final List<Double> STORE_SLOWNESS = List.of(0.0, 0.0, 0.5, 3.0);
  private static final List<Double> N8N_TROUBLE = List.of(0.0, 5.0, 20.0, 50.0);

  static Plan draw(World world) {
    return new Plan(
        1 + world.random.nextInt(3),
        1 + world.random.nextInt(world.chance(25) ? 12 : 5),
        1 + world.random.nextInt(2),
        world.chance(30) ? Delivery.AT_MOST_ONCE : Delivery.AT_LEAST_ONCE,
        DispatchPolicy.builder().maxInFlightPerHost(1 + world.random.nextInt(8)).build(),
        oneOf(world, JOB_TIMEOUTS),
        world.chance(40),
        world.between(Duration.ofMinutes(6), Duration.ofMinutes(12)),
        oneOf(world, STORE_FAULTS),
        oneOf(world, STORE_SLOWNESS),
        oneOf(world, N8N_TROUBLE),
        world.random.nextInt(10));
  }

  /** Some schedules; the first of them is always there, under one rule or another. */
  static List<Schedule> schedules(World world) {
    int count = 1 + (world.chance(35) ? 1 : 0) + (world.chance(15) ? 1 : 0);
    List<Schedule> drawn = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      drawn.add(new Schedule(new ScheduleId("s" + i), oneOf(world, CRONS), ZoneOffset.UTC)
          .withPolicy(policy(world)));
    }
    return drawn;
  }

  private static SchedulePolicy policy(World world) {
    SchedulePolicy any = SchedulePolicy.DEFAULT.withCatchUpHours(world.chance(15) ? HOURS : null);
    return any.withCatchUp(oneOf(world, List.of(CatchUp.values())))
        .withCatchUpWindow(world.chance(30) ? Duration.ofMinutes(3) : Duration.ofHours(24))
        .withCatchUpSpread(world.chance(20) ? Duration.ofSeconds(20) : Duration.ZERO)
        .withAfterPause(oneOf(world, List.of(CatchUp.values())))
        .withJitter(world.chance(20) ? Duration.ofSeconds(15) : Duration.ZERO)
        .withOverlap(oneOf(world, List.of(Overlap.values())));
  }

  static <T> T oneOf(World world, List<T> choice) {
    return choice.get(world.random.nextInt(choice.size()));
  }
}
