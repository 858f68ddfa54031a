package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.schedulerworker.model.HostState;
import io.schedulerworker.model.HostState.Door;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** How the calls to each host stand, as of the last look. Those of all hosts beyond the bound are one. */
final class HostGauges {
  /** The words that people know from circuit breakers, where closed is good: calls pass. */
  private static final Map<Door, String> BREAKER =
      Map.of(Door.OPEN, "closed", Door.AJAR, "half_open", Door.CLOSED, "open");

  private final MeterRegistry registry;
  private final BoundedLabels hosts;
  private final Consumer<String> seen;
  private final Map<String, HostState> states = new ConcurrentHashMap<>();

  /**
   * Of no host yet.
   *
   * @param seen is told of each label once
   */
  HostGauges(MeterRegistry registry, BoundedLabels hosts, Consumer<String> seen) {
    this.registry = registry;
    this.hosts = hosts;
    this.seen = seen;
  }

  synchronized void look(List<HostState> now) {
    Map<String, HostState> byLabel = new ConcurrentHashMap<>();
    now.forEach(state -> byLabel.merge(hosts.of(state.host()), state, HostGauges::joined));
    byLabel.forEach((label, state) -> {
      if (states.put(label, state) == null) {
        register(label);
        seen.accept(label);
      }
    });
  }

  /** Sums, and the worse of what cannot be added. */
  private static HostState joined(HostState one, HostState other) {
    return new HostState(
        one.host(),
        one.door().compareTo(other.door()) > 0 ? one.door() : other.door(),
        one.limit() + other.limit(),
        one.inFlight() + other.inFlight(),
        one.waiting() + other.waiting(),
        Math.min(one.retriesLeft(), other.retriesLeft()));
  }

  private void register(String host) {
    gauge("limit", "Calls that may be in flight to a host", host, HostState::limit);
    gauge("in_flight", "Calls in flight to a host", host, HostState::inFlight);
    gauge("waiting", "Calls that wait for a host, or for their repeat", host, HostState::waiting);
    gauge(
        "retries_left",
        "Calls that the retry budget would let repeat now",
        host,
        state -> state.retriesLeft() == Integer.MAX_VALUE
            ? Double.POSITIVE_INFINITY
            : state.retriesLeft());
    BREAKER.forEach((door, name) -> breaker(host, door, name));
  }

  private void gauge(
      String name, String description, String host, ToDoubleFunction<HostState> value) {
    Gauge.builder("scheduler_worker_host_" + name, () -> value.applyAsDouble(state(host)))
        .description(description)
        .tag("host", host)
        .register(registry);
  }

  private void breaker(String host, Door door, String name) {
    Gauge.builder("scheduler_worker_host_breaker", () -> state(host).door() == door ? 1 : 0)
        .description("1 for the state that a host is in; open: it is left alone")
        .tag("host", host)
        .tag("state", name)
        .register(registry);
  }

  private HostState state(String host) {
    return Objects.requireNonNull(states.get(host), "a host that was seen stays");
  }
}
