package io.schedulerworker.job;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs that workflows are at, and of which nothing new was found when they were looked at. Until something of one changes,
 * or its time is over, it is not read again: a great one takes a second of a processor for that. Thread-safe.
 */
final class QuietJobs {
  private final JobReader reader;
  private final Clock clock;
  private final Map<TraceId, Quiet> known = new ConcurrentHashMap<>();

  QuietJobs(JobReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** Whether there is nothing new about it; fetches the job, and does not go through it. */
  boolean contains(TraceId traceId, Deadline deadline) {
    Quiet quiet = known.get(traceId);
    return quiet != null
        && !clock.now().isAfter(quiet.until())
        && reader.fingerprint(traceId, deadline).equals(quiet.fingerprint());
  }

  /** There is nothing to be done about it while it has this fingerprint, up to a time. */
  void add(TraceId traceId, Fingerprint fingerprint, Instant until) {
    known.put(traceId, new Quiet(fingerprint.text(), until));
  }

  void remove(TraceId traceId) {
    known.remove(traceId);
  }

  void retainAll(Set<TraceId> jobs) {
    known.keySet().retainAll(jobs);
  }

  private record Quiet(String fingerprint, Instant until) {}
}
