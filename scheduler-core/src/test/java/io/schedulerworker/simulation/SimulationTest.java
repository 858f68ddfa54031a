package io.schedulerworker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Simulates, seed by seed. For more of them, or one again:
 *
 * <pre>{@code
 * mvn -pl scheduler-core test -Dtest=SimulationTest -Dsimulation.from=7 -Dsimulation.seeds=10000
 * }</pre>
 */
class SimulationTest {
  private static final long FROM = Long.getLong("simulation.from", 1);
  private static final long SEEDS = Long.getLong("simulation.seeds", 500);
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());
  private static final int FAILURES_SHOWN = 5;
  private static final int LAST_LINES = 40;
  private static final Pattern TRACE_ID = Pattern.compile("trace_[0-9]{8}_[0-9]{6}_[a-z0-9]{8}");
  private static final Path TRACES = Path.of("target", "simulation");

  /** What has to happen somewhere among a few hundred seeds. */
  private static final List<String> EVENTS = List.of(
      "a crash",
      "a pause",
      "a stop",
      "a clock set",
      "a slow store",
      "store: REFUSED of a write",
      "store: REQUEST_LOST of a write",
      "store: ANSWER_LOST of a write",
      "store: LATE of a write",
      "store: BROKEN of a write",
      "plain write",
      "callback RECORDED",
      "callback REPEATED",
      "callback CONFLICT",
      "callback SUPERSEDED",
      "jobs driven again",
      "jobs driven again by themselves",
      "KPIs timed out",
      "KPIs cancelled",
      "leases taken over",
      "leases handed over",
      "workflows started again",
      "manual jobs promised",
      "fate: job",
      "fate: registry",
      "fate: window over");

  @BeforeAll
  static void silence() {
    Seeds.silence();
  }

  @Test
  void everythingHoldsUnderEverySeed() throws InterruptedException {
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    Statistics statistics = new Statistics();
    AtomicLong next = new AtomicLong(FROM);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> simulate(next, failures, statistics));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).as("seeds that failed").isEmpty();
    if (SEEDS >= 200) {
      assertThat(EVENTS)
          .as("what happened:%n%s", statistics)
          .allMatch(event -> statistics.of(event) > 0);
    }
  }

  private static void simulate(AtomicLong next, Queue<String> failures, Statistics statistics) {
    try (Baton baton = new Baton()) {
      for (long seed = next.getAndIncrement();
          seed < FROM + SEEDS && failures.size() < FAILURES_SHOWN;
          seed = next.getAndIncrement()) {
        Simulation.Result result = Simulation.of(seed, baton);
        statistics.add(result);
        if (!result.faults().isEmpty()) {
          failures.add(report(result));
        }
      }
    } catch (RuntimeException | AssertionError e) {
      failures.add("a seed from " + FROM + " to " + next.get() + " broke off: " + e);
    }
  }

  private static String report(Simulation.Result result) {
    long seed = result.run().seed;
    List<String> lines = result.run().world.trace.lines();
    Path file = TRACES.resolve("seed-" + seed + ".txt");
    try {
      Files.createDirectories(TRACES);
      List<String> whole = new ArrayList<>(lines);
      whole.add("");
      whole.addAll(result.faults());
      Files.write(file, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "%nSeed %d: %s%n%s%nTo see it again: mvn -pl scheduler-core test -Dtest=SimulationTest -Dsimulation.from=%d -Dsimulation.seeds=1%nTrace in scheduler-core/%s; what it tells of that:%n%s%n"
        .formatted(
            seed,
            result.faults().get(0),
            "(and " + (result.faults().size() - 1) + " more faults)",
            seed,
            file,
            String.join("\n", telling(lines, result.faults().get(0))));
  }

  /** The last lines about the job that the fault names; the last of all if it names none. */
  private static List<String> telling(List<String> lines, String fault) {
    Matcher job = TRACE_ID.matcher(fault);
    String name = job.find() ? job.group() : "";
    List<String> told = lines.stream().filter(line -> line.contains(name)).toList();
    return told.subList(Math.max(0, told.size() - LAST_LINES), told.size());
  }

  @Test
  void aSeedRunsTheSameWayAgain() {
    try (Baton baton = new Baton();
        Baton other = new Baton()) {
      for (long seed = 1; seed <= 5; seed++) {
        List<String> once = Simulation.of(seed, baton).run().world.trace.lines();
        List<String> again = Simulation.of(seed, other).run().world.trace.lines();
        assertThat(again).as("seed %d", seed).isEqualTo(once);
      }
    }
  }
}
