package io.schedulerworker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator has teeth: it finds mistakes that are planted in the core, one at a time. */
class PlantedMistakesTest {
  private static final int SEEDS = 200;
  private static final long MILLIS = 20_000;
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));

  private static final List<Mutant> MUTANTS = List.of(new Mutant(
      "a record is created over another",
      "job.JobRecords",
      ".putIfAbsent(job.key(), JobRecordJson.write(job), retention, deadline)",
      ".of(store.put(job.key(), JobRecordJson.write(job), retention, deadline))",
      1));

  @AfterAll
  static void end() {
    THREADS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> isFound() {
    return MUTANTS.stream().map(mutant -> {
      CompletableFuture<String> fault =
          CompletableFuture.supplyAsync(() -> firstFault(mutant), THREADS);
      return DynamicTest.dynamicTest(
          mutant.title(), () -> assertThat(fault.get()).as(mutant.title()).isNotNull());
    });
  }

  private static String firstFault(Mutant mutant) {
    try {
      return (String) MutantLoader.of(mutant)
          .loadClass(Seeds.class.getName())
          .getMethod("firstFault", long.class, int.class, long.class)
          .invoke(null, mutant.firstSeed(), SEEDS, MILLIS);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
