package io.schedulerworker.app.api;

import io.schedulerworker.JobHandle;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Requests for jobs that may be sent more than once. Whoever sends one twice at the same time is told of the job that the
 * other one makes: it waits for that without a thread, and all of a name together. Thread-safe.
 */
final class NamedRequests {
  private static final Duration FIRST_WAIT = Duration.ofMillis(10);

  /** After waits of 10 ms, twice that and so on, it has been 2.5 s. */
  private static final Duration LAST_WAIT = FIRST_WAIT.multipliedBy(128);

  private final BiFunction<String, KpiSelection, JobHandle> runOnce;
  private final Clock clock;
  private final Executor executor;
  private final Map<Name, CompletableFuture<JobHandle>> waiting = new ConcurrentHashMap<>();

  private record Name(String key, String request) {}

  /**
   * Requests.
   *
   * @param runOnce finds the job of a name and a selection, or makes it
   */
  NamedRequests(
      BiFunction<String, KpiSelection, JobHandle> runOnce, Clock clock, Executor executor) {
    this.runOnce = runOnce;
    this.clock = clock;
    this.executor = executor;
  }

  /** The job of a request, now or a moment later. Blocks while the stores are read and written. */
  CompletionStage<JobHandle> job(String key, KpiSelection selection) {
    try {
      return CompletableFuture.completedStage(runOnce.apply(key, selection));
    } catch (RequestUnderWayException e) {
      Name name = new Name(key, selection.digest());
      return waiting.computeIfAbsent(name, first -> new Waiting(first, selection).begin());
    }
  }

  /** Those who wait for the job of a name. */
  private final class Waiting {
    private final Name name;
    private final KpiSelection selection;
    private final CompletableFuture<JobHandle> job = new CompletableFuture<>();

    Waiting(Name name, KpiSelection selection) {
      this.name = name;
      this.selection = selection;
    }

    CompletableFuture<JobHandle> begin() {
      askAfter(FIRST_WAIT);
      return job;
    }

    private void askAfter(Duration wait) {
      try {
        clock.after(wait, () -> executor.execute(() -> ask(wait)));
      } catch (RuntimeException | Error e) {
        end(e);
      }
    }

    private void ask(Duration waited) {
      try {
        JobHandle found = runOnce.apply(name.key(), selection);
        waiting.remove(name);
        job.complete(found);
      } catch (RequestUnderWayException e) {
        if (waited.compareTo(LAST_WAIT) < 0) {
          askAfter(waited.multipliedBy(2));
        } else {
          end(e);
        }
      } catch (RuntimeException | Error e) {
        end(e);
      }
    }

    private void end(Throwable failure) {
      waiting.remove(name);
      job.completeExceptionally(failure);
    }
  }
}
