package io.schedulerworker.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to run a job, stored in JOBS_KV under {@link #key}. Its owner renews it; whoever sees the same
 * epoch and sequence for a whole {@code duration}, on a monotonic clock of its own, may take it over. So clocks that
 * disagree steal nothing.
 *
 * @param owner the process that has it
 * @param claimant the process that claimed the job at first; stays through takeovers
 * @param epoch 1 for the claimant, one more with each takeover; fences what an earlier owner writes
 * @param sequence one more with each write of the lease; where a process claims a job again, greater from the start than
 *     in all of its claims before, so that a late write of one of those is not taken for this one
 * @param duration how long the lease holds without a renewal
 * @param handedOver whether the owner gave it up with work left: it may be taken over at once
 * @param recorded whether the job's record is known to have been made: if it is missing then, somebody deleted it
 * @param delivery what becomes of calls without a recorded outcome, as the claimant had it
 * @param fire what started the job
 * @param cancelledBy who asked that nobody be called any more; null if nobody did
 */
public record Lease(
    String owner,
    String claimant,
    int epoch,
    long sequence,
    Duration duration,
    boolean handedOver,
    boolean recorded,
    Delivery delivery,
    Fire fire,
    @Nullable String cancelledBy) {

  /** Begins the key of every lease. */
  public static final String KEY_PREFIX = "lease:";

  /**
   * The key under which the lease of a job is stored.
   *
   * @param traceId the job
   * @return the key in JOBS_KV
   */
  public static String key(TraceId traceId) {
    return KEY_PREFIX + traceId;
  }

  /**
   * Whose lease a key holds.
   *
   * @param key a key with the prefix
   * @return the job
   * @throws IllegalArgumentException if what follows the prefix is no trace id
   */
  public static TraceId traceId(String key) {
    return new TraceId(key.substring(KEY_PREFIX.length()));
  }

  /**
   * The first lease of a job.
   *
   * @param owner who claims it
   * @param sequence with which it begins
   * @param duration how long it holds
   * @param delivery what becomes of calls without a recorded outcome
   * @param fire what started the job
   * @return the lease
   */
  public static Lease claim(
      String owner, long sequence, Duration duration, Delivery delivery, Fire fire) {
    return new Lease(owner, owner, 1, sequence, duration, false, false, delivery, fire, null);
  }

  /**
   * The lease of a job that was over and is driven again.
   *
   * @param owner who does so
   * @param epoch more than all that left a trace of the job
   * @param sequence with which it begins
   * @param duration how long it holds
   * @param delivery what becomes of calls without a recorded outcome
   * @param fire what started the job
   * @return the lease of a job whose record was made
   */
  public static Lease again(
      String owner, int epoch, long sequence, Duration duration, Delivery delivery, Fire fire) {
    return new Lease(owner, owner, epoch, sequence, duration, false, true, delivery, fire, null);
  }

  /**
   * This lease, renewed by its owner.
   *
   * @param made whether the job's record is known to have been made; once it is, it stays so
   * @return the next one in sequence
   */
  public Lease renewed(boolean made) {
    return new Lease(
        owner,
        claimant,
        epoch,
        sequence + 1,
        duration,
        false,
        recorded || made,
        delivery,
        fire,
        cancelledBy);
  }

  /**
   * This lease in the hands of another process.
   *
   * @param by the new owner
   * @param holding how long it holds there
   * @return the first one of the next epoch
   */
  public Lease takenOver(String by, Duration holding) {
    return new Lease(
        by,
        claimant,
        epoch + 1,
        sequence + 1,
        holding,
        false,
        recorded,
        delivery,
        fire,
        cancelledBy);
  }

  /**
   * This lease, given up by its owner for somebody else to take.
   *
   * @return the next one in sequence
   */
  public Lease givenUp() {
    return new Lease(
        owner,
        claimant,
        epoch,
        sequence + 1,
        duration,
        true,
        recorded,
        delivery,
        fire,
        cancelledBy);
  }

  /**
   * This lease, with the wish that nobody be called any more. Its owner finds it at the next renewal; whoever takes over has
   * it from the beginning.
   *
   * @param by who asked for it, for a person
   * @return the next one in sequence; the same owner's
   */
  public Lease cancelled(String by) {
    return new Lease(
        owner, claimant, epoch, sequence + 1, duration, handedOver, recorded, delivery, fire, by);
  }
}
