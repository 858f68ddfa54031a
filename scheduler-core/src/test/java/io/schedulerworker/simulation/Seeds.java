package io.schedulerworker.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs seeds one after the other. {@code main} is for the inner loop: seeds without a build. */
public final class Seeds {
  /** Held, because loggers that nobody holds forget what they were told. */
  private static final Logger LOG = Logger.getLogger("io.schedulerworker");

  private Seeds() {}

  /** The core warns of much that is simulated. */
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  /**
   * The first fault among some seeds.
   *
   * @param from the first seed
   * @param count how many
   * @param millis how long to look at most
   * @return seed and fault; null if there is none
   */
  public static String firstFault(long from, int count, long millis) {
    silence();
    long end = System.nanoTime() + millis * 1_000_000;
    try (Baton baton = new Baton()) {
      for (long seed = from; seed < from + count && System.nanoTime() < end; seed++) {
        Simulation.Result result = Simulation.of(seed, baton);
        if (!result.faults().isEmpty()) {
          return "seed " + seed + ": " + result.faults().get(0);
        }
      }
    }
    return null;
  }

  /**
   * Runs seeds and prints what was wrong.
   *
   * @param arguments the first seed, the number of seeds, and {@code trace} to see everything
   */
  public static void main(String[] arguments) {
    silence();
    long from = Long.parseLong(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    long began = System.nanoTime();
    int failed = 0;
    Statistics statistics = new Statistics();
    long events = 0;
    try (Baton baton = new Baton()) {
      for (long seed = from; seed < from + count; seed++) {
        Simulation.Result result = Simulation.of(seed, baton);
        statistics.add(result);
        events += result.run().world.eventsSoFar();
        if (arguments.length > 2) {
          result.run().world.trace.lines().forEach(System.out::println);
        }
        if (!result.faults().isEmpty()) {
          failed++;
          System.out.println("seed " + seed + ": " + result.faults().size() + " faults");
          result.faults().stream().limit(5).forEach(fault -> System.out.println("    " + fault));
        }
      }
    }
    System.out.print(statistics);
    System.out.printf(
        "%d of %d seeds failed, %d events, %d ms%n",
        failed, count, events, (System.nanoTime() - began) / 1_000_000);
  }
}
