package io.schedulerworker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulator has teeth: it finds mistakes that are planted in the core, one at a time. */
@Execution(ExecutionMode.CONCURRENT)
class PlantedMistakesTest {
  private static final long MILLIS = 300_000;
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(Math.min(4, Runtime.getRuntime().availableProcessors()));

  @AfterAll
  static void end() {
    THREADS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> theSimulatorFinds() {
    return PlantedMistakes.ALL.stream()
        .map(mutant -> {
          CompletableFuture<String> fault = CompletableFuture.supplyAsync(
              () -> PlantedMistakes.firstFault(mutant, MILLIS), THREADS);
          return DynamicTest.dynamicTest(
              mutant.title(), () -> assertThat(fault.get()).as(mutant.title()).isNotNull());
        })
        // All begin before the first is waited for.
        .toList()
        .stream();
  }
}
