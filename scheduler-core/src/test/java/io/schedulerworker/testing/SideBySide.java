package io.schedulerworker.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures an adapter beside the client it is made of, in one run: the two alternate every tenth of a second, or after each
 * call that takes longer, so that whatever else happens on the machine happens to both. Prints rows of a table in Markdown.
 */
public final class SideBySide {
  private static final int TURNS = 5;
  private static final int WARM_UPS = 2;
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final Duration SLICE = Duration.ofMillis(100);

  /** Does something once. */
  public interface Call {
    /**
     * Returns when it is done.
     *
     * @param thread which of the threads calls, from 0
     * @throws Exception ends the measurement
     */
    void run(int thread) throws Exception;
  }

  private SideBySide() {}

  /** Prints the table's head. */
  @SuppressWarnings("SystemOut") // what a benchmark is for
  public static void printHead() {
    System.out.println("| | value | threads | client alone, calls/s | ours, calls/s | overhead |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
  }

  /**
   * Measures both, five times two seconds after two to warm up, and prints the medians of the rates and of what one
   * call of ours takes longer.
   *
   * @param what the row's name
   * @param bytes the size of a value
   * @param threads how many call at the same time
   * @param raw the client alone
   * @param ours the adapter
   * @throws Exception what a call throws
   */
  public static void compare(String what, int bytes, int threads, Call raw, Call ours)
      throws Exception {
    double[] raws = new double[TURNS];
    double[] ourRates = new double[TURNS];
    double[] overheads = new double[TURNS];
    for (int turn = -WARM_UPS; turn < TURNS; turn++) {
      Tally rawTally = new Tally();
      Tally ourTally = new Tally();
      do {
        rawTally.add(threads, raw);
        ourTally.add(threads, ours);
      } while (rawTally.nanos + ourTally.nanos < TURN.toNanos());
      if (turn >= 0) {
        raws[turn] = rawTally.rate();
        ourRates[turn] = ourTally.rate();
        overheads[turn] = (rawTally.rate() / ourTally.rate() - 1) * 100;
      }
    }
    print(what, bytes, threads, median(raws), median(ourRates), median(overheads));
  }

  @SuppressWarnings("SystemOut")
  private static void print(
      String what, int bytes, int threads, double raw, double ours, double overhead) {
    System.out.printf(
        "| %s | %d KB | %d | %.0f | %.0f | %.0f %% |%n",
        what, bytes >> 10, threads, raw, ours, overhead);
  }

  private static double median(double[] rates) {
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  /** How many calls there were in what time. */
  private static final class Tally {
    private long calls;
    private long nanos;

    double rate() {
      return calls / (nanos / 1e9);
    }

    void add(int threads, Call call) throws Exception {
      ExecutorService callers = Executors.newFixedThreadPool(threads);
      try {
        long began = System.nanoTime();
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          int thread = i;
          counts.add(callers.submit(() -> count(thread, began, call)));
        }
        for (Future<Long> each : counts) {
          calls += each.get();
        }
        nanos += System.nanoTime() - began;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a call failed", e.getCause());
      } finally {
        callers.shutdownNow();
      }
    }
  }

  private static long count(int thread, long began, Call call) throws Exception {
    long calls = 0;
    do {
      call.run(thread);
      calls++;
    } while (System.nanoTime() - began < SLICE.toNanos());
    return calls;
  }
}
