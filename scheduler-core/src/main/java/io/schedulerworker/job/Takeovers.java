package io.schedulerworker.job;

import io.schedulerworker.job.Leases.Named;
import io.schedulerworker.model.Lease;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Watches the leases of other processes, and takes over what they leave behind. A lease is timed on this process's own
 * monotonic clock, from when its present state was first seen: no clock is ever compared with another's, as in the
 * DynamoDB lock client. Thread-safe.
 */
public final class Takeovers implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Takeovers.class.getName());
  private static final int LOOKS_PER_LEASE = 6;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);

  private final Leases leases;
  private final HeldLeases held;
  private final Resumption resumption;
  private final JobSettings settings;
  private final Clock clock;
  private final Rounds rounds;
  private final Map<TraceId, Seen> seen = new HashMap<>();
  private boolean alone;
  private boolean storeAway;

  Takeovers(
      Leases leases,
      HeldLeases held,
      Resumption resumption,
      JobSettings settings,
      Clock clock,
      Executor executor,
      boolean alone) {
    this.leases = leases;
    this.held = held;
    this.resumption = resumption;
    this.settings = settings;
    this.clock = clock;
    this.rounds = new Rounds(clock, executor, this::look);
    this.alone = alone;
  }

  /** Begins to watch. Does not block. */
  public void start() {
    rounds.start();
  }

  private Optional<Duration> look() {
    Duration pause = settings.lease().dividedBy(LOOKS_PER_LEASE);
    try {
      Duration next = lookAt(leases.all(deadline()));
      pause = next.compareTo(pause) < 0 ? next : pause;
      storeAway = false;
    } catch (RuntimeException e) {
      failed(e);
    }
    return Optional.of(pause.compareTo(SHORTEST_PAUSE) > 0 ? pause : SHORTEST_PAUSE);
  }

  private void failed(RuntimeException failure) {
    Level level = storeAway ? Level.DEBUG : Level.WARNING;
    LOG.log(
        rounds.unlessClosed(level, failure),
        "the leases of other processes cannot be seen: {0}",
        failure.getMessage());
    storeAway = true;
  }

  /** Looks at all leases; returns how long until one of them may have run out. */
  private Duration lookAt(List<Named> all) {
    Map<TraceId, Seen> before = Map.copyOf(seen);
    seen.clear();
    Duration next = settings.lease();
    for (Named named : all) {
      if (!held.has(named.traceId())) {
        Duration left = left(named, before.get(named.traceId()));
        if (left.isZero()) {
          takeOver(named);
        }
        next = left.compareTo(next) < 0 ? left : next;
      }
    }
    // Whoever is alone finds what the process before it left; what comes later is its own.
    alone = false;
    return next;
  }

  private Duration left(Named named, @Nullable Seen before) {
    Version version = named.stored().version();
    Seen now = before != null && before.version().equals(version)
        ? before
        : new Seen(version, clock.nanoTime());
    seen.put(named.traceId(), now);
    Lease lease = named.stored().lease();
    if (alone || lease.handedOver()) {
      return Duration.ZERO;
    }
    Duration left = lease.duration().minusNanos(clock.nanoTime() - now.since());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void takeOver(Named named) {
    try {
      held.takeOver(named, deadline()).ifPresent(resumption::go);
    } catch (KvStoreException e) {
      LOG.log(
          rounds.unlessClosed(Level.WARNING, e),
          "{0} could not be taken over: {1}",
          named.traceId(),
          e.getMessage());
    }
  }

  private Deadline deadline() {
    return Deadline.in(settings.stepTimeout(), clock);
  }

  /** Takes over no more, and hands over what could not be gone on with yet. May be called again. */
  @Override
  public void close() {
    rounds.close();
    resumption.stop();
  }

  /** A state of a lease, and since when it is known, in monotonic nanoseconds. */
  private record Seen(Version version, long since) {}
}
