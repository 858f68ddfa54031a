package io.schedulerworker.app;

import io.schedulerworker.model.TraceId;
import java.util.Random;
import java.util.function.Function;

/**
 * Where chance comes from: {@code -Dchaos.seed=N} repeats the choices of a round, though not the times of the machine.
 * {@code -Dchaos.rounds=N} has the slow tests stop earlier, or later.
 */
final class Seed {
  static final long FIRST = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);

  /** How many rounds there are where minutes do not matter. */
  static final int MANY = Integer.getInteger("chaos.rounds", 100);

  private Seed() {}

  /** Runs something with chance; a failure names the seed and says what the processes said. */
  static TraceId naming(long seed, Cluster cluster, Function<Random, TraceId> round) {
    try {
      return round.apply(new Random(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "with -Dchaos.seed=%d: %s%n%s".formatted(seed, e.getMessage(), cluster.story()), e);
    }
  }

  /** After how many calls of a job somebody dies: often none, and the job has just been promised. */
  static int atBeginOrLater(Random random) {
    return random.nextInt(5) == 0 ? 0 : midFanOut(random);
  }

  /** After how many calls of a job somebody dies: some are made, and some are left. */
  static int midFanOut(Random random) {
    return 1 + random.nextInt(Cluster.KPIS * 9 / 10);
  }
}
