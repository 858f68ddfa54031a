package io.schedulerworker.job;

import io.schedulerworker.json.StepJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Step;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvWalk;
import io.schedulerworker.port.Ttl;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The steps of jobs in JOBS_KV. They stay until their job is over and has been for an hour. */
final class Steps {
  private static final Logger LOG = System.getLogger(Steps.class.getName());
  private static final int PAGE = 500;

  private final KvStore store;
  private final Ttl life;

  Steps(KvStore store, Ttl life) {
    this.store = store;
    this.life = life;
  }

  /**
   * Appends a step.
   *
   * @param number never used before in this epoch, also not by a write whose answer was lost: it may happen later
   * @return how many characters it has
   */
  int append(TraceId traceId, int number, Step step, Deadline deadline) {
    String text = StepJson.write(step);
    store.put(Step.key(traceId, step.epoch(), number), text, life, deadline);
    return text.length();
  }

  /** Notes what ran out of time under an owner; false if that was noted before. */
  boolean appendTimeout(TraceId traceId, int epoch, Step step, Deadline deadline) {
    return store
        .putIfAbsent(Step.timeoutKey(traceId, epoch), StepJson.write(step), life, deadline)
        .isPresent();
  }

  /** Stores how a workflow says that it ended; false if it said so before of the same drive. */
  boolean appendEnd(TraceId traceId, KpiRun end, Deadline deadline) {
    return store.putIfAbsent(endKey(traceId, end), endStep(end), life, deadline).isPresent();
  }

  /** What was stored first of the same drive. */
  Optional<KpiRun> firstEnd(TraceId traceId, KpiRun end, Deadline deadline) {
    return store
        .get(endKey(traceId, end), deadline)
        .map(entry -> StepJson.read(entry.value()).runs().get(0));
  }

  /**
   * Lets a completion that was reported of one drive count for the next one.
   *
   * @return whether it does, by this call or another; false if it is none, or is there no more
   */
  boolean carryOver(TraceId traceId, KpiRun end, Deadline deadline) {
    if (end.status() != KpiStatus.COMPLETED) {
      return false;
    }
    String key = endKey(traceId, end);
    String later = endStep(end.ofDrive(end.redrives() + 1));
    Optional<KvEntry> found = store.get(key, deadline);
    return found.isPresent()
        && (found.get().value().equals(later)
            || store
                .replaceIfUnchanged(key, later, found.get().version(), life, deadline)
                .isPresent()
            || store.get(key, deadline).isPresent());
  }

  private static String endKey(TraceId traceId, KpiRun end) {
    return Step.completionKey(traceId, end.kpiId(), end.redrives());
  }

  private static String endStep(KpiRun end) {
    return StepJson.write(new Step(Step.OF_ANYBODY, List.of(end), List.of()));
  }

  /** All steps of a job, those of earlier owners included. What is no step does not stand in the way of the others. */
  List<Step> of(TraceId traceId, Deadline deadline) {
    return of(traceId, deadline, entry -> {});
  }

  /** Shows each entry, also one that is no step. */
  List<Step> of(TraceId traceId, Deadline deadline, Consumer<KvEntry> look) {
    List<Step> steps = new ArrayList<>();
    for (KvEntry entry : entries(traceId, deadline)) {
      look.accept(entry);
      step(entry).ifPresent(steps::add);
    }
    return steps;
  }

  /** All that is stored as steps of a job, be it any or not. */
  Iterable<KvEntry> entries(TraceId traceId, Deadline deadline) {
    return KvWalk.over(store, KvListing.ascending(Step.prefix(traceId), PAGE), deadline);
  }

  private static Optional<Step> step(KvEntry entry) {
    try {
      return Optional.of(StepJson.read(entry.value()));
    } catch (FormatException e) {
      LOG.log(
          Level.WARNING,
          "what is stored under {0} is passed over: {1}",
          entry.key(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Every step of every job.
   *
   * @param deadlines one for each page
   */
  void each(Supplier<Deadline> deadlines, Consumer<KvEntry> look) {
    KvListing listing = KvListing.ascending(Step.KEY_PREFIX, PAGE);
    KvWalk.over(store, listing, deadlines).forEach(look);
  }

  void delete(String key, Deadline deadline) {
    store.delete(key, deadline);
  }
}
