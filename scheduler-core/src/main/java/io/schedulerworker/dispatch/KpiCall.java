package io.schedulerworker.dispatch;

import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.port.TriggerRequest;
import org.jspecify.annotations.Nullable;

/**
 * One KPI of one job on its way through its host's lane. Confined: it is in one place at a time, and whoever holds it
 * may change it.
 */
final class KpiCall {
  private final JobDispatch job;
  private final Kpi kpi;
  private final String host;
  private @Nullable TriggerRequest request;
  private int attempts;
  private int retries;
  private boolean isRetry;
  private int beganInFlight;
  private long beganAsNumber;
  private @Nullable Long waitingSince;
  private boolean over;

  KpiCall(JobDispatch job, Kpi kpi, String host) {
    this.job = job;
    this.kpi = kpi;
    this.host = host;
  }

  JobDispatch job() {
    return job;
  }

  /** Needs no further call. */
  void settled(KpiRun run) {
    if (endsNow()) {
      job.settled(run);
    }
  }

  /** Will not be called after all, and stays as it was. */
  void left() {
    if (endsNow()) {
      job.left(kpi);
    }
  }

  /**
   * Lets go of the request: this object is as old as its job, and what it refers to the collector would carry along and
   * keep, even after nobody knows this object any more.
   */
  private boolean endsNow() {
    boolean ends = !over;
    over = true;
    request = null;
    return ends;
  }

  Kpi kpi() {
    return kpi;
  }

  /** Where it goes, as {@link HostNames} names it. */
  String host() {
    return host;
  }

  /** Made when it is first needed, so that a job's payloads are not all in memory at once. */
  TriggerRequest request() {
    if (request == null) {
      request = job.calls().request().apply(kpi);
    }
    return request;
  }

  /** Attempts so far. */
  int attempts() {
    return attempts;
  }

  void countAttempt() {
    attempts++;
  }

  /** Retries so far that count against the limit. */
  int retries() {
    return retries;
  }

  /** Whether its next attempt is a retry that the host's budget has to bear. */
  boolean isRetry() {
    return isRetry;
  }

  /** Will be made again, which counts. */
  void countRetry() {
    retries++;
    isRetry = true;
  }

  /** Will be made again for the host's sake, which costs nothing. */
  void waits() {
    isRetry = false;
  }

  void begins(int inFlight, long number) {
    beganInFlight = inFlight;
    beganAsNumber = number;
  }

  /** How many calls to the host were in flight when its last attempt began, itself included. */
  int beganInFlight() {
    return beganInFlight;
  }

  /** How many calls to the host had begun when its last attempt did, itself included. */
  long beganAsNumber() {
    return beganAsNumber;
  }

  /** What is called, without what differs from call to call. */
  String webhook() {
    return request().webhook().getRawPath();
  }

  /** When it was first told to come back later by a server that is not ready for it, in monotonic nanoseconds. */
  long waitingSince(long now) {
    if (waitingSince == null) {
      waitingSince = now;
    }
    return waitingSince;
  }
}
