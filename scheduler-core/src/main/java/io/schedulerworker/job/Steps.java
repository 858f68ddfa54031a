package io.schedulerworker.job;

import io.schedulerworker.json.ProgressJson;
import io.schedulerworker.model.Progress;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The steps of jobs in JOBS_KV. They stay until their job is over and has been for an hour. */
final class Steps {
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
  int append(TraceId traceId, int number, Progress step, Deadline deadline) {
    String text = ProgressJson.write(step);
    store.put(Progress.key(traceId, step.epoch(), number), text, life, deadline);
    return text.length();
  }

  /** All steps of a job, those of earlier owners included. */
  List<Progress> of(TraceId traceId, Deadline deadline) {
    List<Progress> steps = new ArrayList<>();
    each(Progress.prefix(traceId), deadline, entry -> steps.add(ProgressJson.read(entry.value())));
    return steps;
  }

  /** Every step of every job. */
  void each(Deadline deadline, Consumer<KvEntry> look) {
    each(Progress.KEY_PREFIX, deadline, look);
  }

  private void each(String prefix, Deadline deadline, Consumer<KvEntry> look) {
    KvListing listing = KvListing.ascending(prefix, PAGE);
    Optional<String> from = Optional.empty();
    do {
      KvPage page = store.list(from.map(listing::after).orElse(listing), deadline);
      page.entries().forEach(look);
      from = page.next();
    } while (from.isPresent());
  }

  void delete(String key, Deadline deadline) {
    store.delete(key, deadline);
  }
}
