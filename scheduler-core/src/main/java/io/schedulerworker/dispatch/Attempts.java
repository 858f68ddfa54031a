package io.schedulerworker.dispatch;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.WorkflowTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes single attempts and tells what became of them. */
final class Attempts {
  private final WorkflowTrigger trigger;
  private final Clock clock;
  private final JobListener listener;

  Attempts(WorkflowTrigger trigger, Clock clock, JobListener listener) {
    this.trigger = trigger;
    this.clock = clock;
    this.listener = listener;
  }

  /** Makes an attempt; its end is told once, also when the adapter breaks its promise. */
  void make(KpiCall call, Consumer<Ended> whenEnded) {
    long began = clock.nanoTime();
    stage(call).whenComplete((outcome, failure) -> {
      long now = clock.nanoTime();
      Duration took = Duration.ofNanos(now - began);
      whenEnded.accept(new Ended(sound(outcome, failure), took, clock.now(), now));
    });
  }

  private CompletionStage<TriggerOutcome> stage(KpiCall call) {
    try {
      return Objects.requireNonNull(trigger.trigger(call.request()), "it gave no stage");
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static TriggerOutcome sound(
      @Nullable TriggerOutcome outcome, @Nullable Throwable failure) {
    return outcome != null
        ? outcome
        : new TriggerOutcome.Unknown("the trigger broke: " + failure, null);
  }

  /** Tells the listener, now that it is known whether there is another attempt. */
  void report(KpiCall call, Ended ended, Optional<Duration> nextIn) {
    listener.attemptEnded(new JobListener.Attempt(
        call.job().calls().traceId(),
        call.kpi().id(),
        call.host(),
        call.attempts(),
        ended.outcome(),
        ended.took(),
        nextIn));
  }

  /**
   * The end of an attempt.
   *
   * @param outcome what became of it
   * @param took how long
   * @param at wall time of the end
   * @param nanos monotonic time of the end
   */
  record Ended(TriggerOutcome outcome, Duration took, Instant at, long nanos) {}
}
