package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.settings.ScheduleSettings;
import io.schedulerworker.app.settings.SettingsReader;
import io.schedulerworker.port.Clock;
import io.schedulerworker.system.SystemClock;
import io.schedulerworker.testing.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A service within this process, on a free port, with stores in memory and a key unless told otherwise, and 16 calls in flight. */
final class TestService implements AutoCloseable {
  private static final int LOOKS_PER_SECOND = 50;

  private static final Duration TO_CLOSE = Duration.ofSeconds(60);
  private static final long PATIENCE_MS = 2_000;

  private final Service service;
  private final Clock clock;
  private final ApiClient client;

  private TestService(Service service, Clock clock) {
    this.service = service;
    this.clock = clock;
    this.client = new ApiClient(service.url());
  }

  static TestService start(String... variables) {
    return start(new SystemClock(), null, variables);
  }

  static TestService start(Clock clock, Path config, String... variables) {
    SettingsReader.Result read = read(config, variables);
    TestService started = start(read, clock);
    if (config != null) {
      started.awaitLedgers(read.settings().orElseThrow().schedules().stream()
          .filter(ScheduleSettings::enabled)
          .count());
    }
    return started;
  }

  /** Its schedules may not have seen their ledgers yet: for tests that move the clock until something has happened. */
  static TestService startAtOnce(Clock clock, Path config, String... variables) {
    return start(read(config, variables), clock);
  }

  private static TestService start(SettingsReader.Result read, Clock clock) {
    return new TestService(
        Service.start(read.settings().orElseThrow(), read.findings(), clock), clock);
  }

  private static SettingsReader.Result read(Path config, String... variables) {
    Map<String, String> environment = new HashMap<>(Map.of(
        "CONFIG_KV", "memory:",
        "JOBS_KV", "memory:",
        "PORT", "0",
        "SCHEDULER_API_KEY", ApiClient.KEY,
        "SCHEDULER_DISPATCH_MAX_IN_FLIGHT_PER_HOST", "16"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    environment.values().removeIf(String::isEmpty);
    SettingsReader.Result read =
        SettingsReader.read(Map.of(), environment, Optional.ofNullable(config));
    assertThat(read.settings()).as("%s", read.findings()).isPresent();
    return read;
  }

  /**
   * A schedule owes nothing from before it was first seen, which is soon after the start, on another thread. If that is to
   * ask again a second later, a clock that stands has to go on.
   */
  private void awaitLedgers(long count) {
    AtomicInteger looks = new AtomicInteger();
    Await.until(() -> "no ledgers", Duration.ofSeconds(20), () -> {
      if (looks.incrementAndGet() % LOOKS_PER_SECOND == 0
          && clock instanceof SimulatedClock standing) {
        standing.advance(Duration.ofSeconds(1));
      }
      String[] parts = client.get("/api/schedules").body().split("\"settledUntil\"", -1);
      return parts.length > count;
    });
  }

  ApiClient api() {
    return client;
  }

  Service service() {
    return service;
  }

  /** Puts a registry into its store. */
  TestService register(String registry) {
    assertThat(client.put("/api/registry", registry).status()).isEqualTo(200);
    return this;
  }

  /** What is to be tried again later, or to bound the stop, comes only if a clock that stands goes on. */
  @Override
  public void close() {
    Thread closing = new Thread(service::close, "closing");
    closing.start();
    long end = System.nanoTime() + TO_CLOSE.toNanos();
    while (!isOver(closing) && System.nanoTime() < end) {
      if (clock instanceof SimulatedClock standing) {
        standing.advance(Duration.ofSeconds(1));
      }
    }
    assertThat(closing.isAlive()).as("still closing").isFalse();
  }

  private static boolean isOver(Thread closing) {
    try {
      closing.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    return !closing.isAlive();
  }
}
