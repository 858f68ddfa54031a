package io.schedulerworker.dispatch;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Calls that wait for their next attempt. */
final class Sleepers {
  private final Clock clock;
  private final Consumer<KpiCall> awake;
  private final Map<KpiCall, Clock.Timer> timers = new ConcurrentHashMap<>();

  Sleepers(Clock clock, Consumer<KpiCall> awake) {
    this.clock = clock;
    this.awake = awake;
  }

  void add(KpiCall call, Duration delay) {
    // Within compute, so that a timer that goes off at once finds itself in the map.
    timers.compute(call, (key, none) -> clock.after(delay, () -> wake(call)));
  }

  int size() {
    return timers.size();
  }

  void wakeAll() {
    timers.keySet().forEach(this::wake);
  }

  /** Takes those that have not woken up, who then never will. */
  void drainTo(Collection<KpiCall> taken) {
    timers.keySet().forEach(call -> take(call).ifPresent(taken::add));
  }

  /** Takes those of a job. */
  void drainTo(JobDispatch job, Collection<KpiCall> taken) {
    timers.keySet().stream()
        .filter(call -> call.job() == job)
        .forEach(call -> take(call).ifPresent(taken::add));
  }

  private void wake(KpiCall call) {
    take(call).ifPresent(awake);
  }

  private Optional<KpiCall> take(KpiCall call) {
    Clock.Timer timer = timers.remove(call);
    if (timer == null) {
      return Optional.empty();
    }
    timer.cancel();
    return Optional.of(call);
  }
}
