package io.schedulerworker.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that start at the same moment. */
final class Race {
  private static final int PATIENCE_SECONDS = 120;

  private Race() {}

  /** What one thread of a race does. */
  interface Runner<T> {
    T run(int number) throws Exception;
  }

  /**
   * Runs a race to its end.
   *
   * @return what each thread returned, by its number
   * @throws Exception what the first of them threw
   */
  static <T> List<T> of(int threads, Runner<T> runner) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        runs.add(pool.submit(() -> {
          start.await();
          return runner.run(number);
        }));
      }
      return results(runs);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> List<T> results(List<Future<T>> runs) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> run : runs) {
      results.add(run.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
    return results;
  }
}
