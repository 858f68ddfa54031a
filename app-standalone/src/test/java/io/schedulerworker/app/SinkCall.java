package io.schedulerworker.app;

import io.schedulerworker.model.TraceId;
import java.time.Duration;

/** A call as a {@link CountingSink} saw it. Times are those of {@link System#nanoTime}. */
final class SinkCall {
  private final TraceId job;
  private final String kpiId;
  private final String caller;
  private final long arrived = System.nanoTime();
  private volatile boolean answered;
  private volatile long answeredAt;

  private SinkCall(TraceId job, String kpiId, String caller) {
    this.job = job;
    this.kpiId = kpiId;
    this.caller = caller;
  }

  static SinkCall of(String idempotencyKey, String caller) {
    int colon = idempotencyKey.indexOf(':');
    return new SinkCall(
        new TraceId(idempotencyKey.substring(0, colon)),
        idempotencyKey.substring(colon + 1),
        caller);
  }

  boolean isOf(TraceId wanted) {
    return job.equals(wanted);
  }

  String kpiId() {
    return kpiId;
  }

  String caller() {
    return caller;
  }

  long arrived() {
    return arrived;
  }

  void answering() {
    answeredAt = System.nanoTime();
    answered = true;
  }

  /** The answer reached nobody. */
  void lost() {
    answered = false;
  }

  /** Whether the caller knew the answer so long before a moment. */
  boolean wasAnsweredBefore(long moment, Duration before) {
    return answered && moment - answeredAt > before.toNanos();
  }

  @Override
  public String toString() {
    return kpiId + " by " + caller + " at " + arrived + (answered ? " until " + answeredAt : "");
  }
}
