package io.schedulerworker.simulation;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import io.schedulerworker.port.KvTexts;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import io.schedulerworker.simulation.Trouble.Blow;
import io.schedulerworker.simulation.Trouble.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The store as one process reaches it: over a network, with all that goes wrong there. */
final class ReplicaStore implements KvStore {
  private static final long CRAWL = Duration.ofMillis(2_500).toNanos();
  private static final long HOP = 1_500_000;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration PUNCTUAL = Duration.ofSeconds(5);

  private final Incarnation me;
  private final World world;
  private final SimStore store;
  private final Trouble trouble;
  private final Run run;

  ReplicaStore(Run run, Incarnation me) {
    this.run = run;
    this.me = me;
    this.world = run.world;
    this.store = run.store;
    this.trouble = run.trouble;
  }

  /** What the store says, once it has. */
  private static final class Reply<T> {
    private T value;
  }

  @Override
  public Optional<KvEntry> get(String key, Deadline deadline) {
    KvTexts.checkKey(key);
    return read("get ", key, () -> store.get(key), deadline);
  }

  @Override
  public KvPage list(KvListing listing, Deadline deadline) {
    return read("list ", listing.prefix(), () -> store.list(listing), deadline);
  }

  @Override
  public Version put(String key, String value, Ttl ttl, Deadline deadline) {
    KvTexts.checkValue(value);
    return write("put ", key, value, () -> store.put(me, key, value, ttl), deadline);
  }

  @Override
  public Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline) {
    KvTexts.checkValue(value);
    return write(
        "put-if-absent ", key, value, () -> store.putIfAbsent(me, key, value, ttl), deadline);
  }

  @Override
  public Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline) {
    KvTexts.checkValue(value);
    return write(
        "replace ",
        key,
        value,
        () -> store.replaceIfUnchanged(me, key, value, expected, ttl),
        deadline);
  }

  @Override
  public void delete(String key, Deadline deadline) {
    Supplier<Boolean> effect = () -> {
      store.delete(me, key);
      return true;
    };
    write("delete ", key, "", effect, deadline);
  }

  @Override
  public boolean deleteIfUnchanged(String key, Version expected, Deadline deadline) {
    return write("delete-if ", key, "", () -> store.deleteIfUnchanged(me, key, expected), deadline);
  }

  @Override
  public void close() {
    throw new AssertionError("the store is not the scheduler's to close");
  }

  private <T> T read(String what, String key, Supplier<T> effect, Deadline deadline) {
    long end = begin(what, key, deadline);
    Fault fault = trouble.fault(me, key, false);
    if (fault == Fault.BROKEN) {
      throw broken(false, what, key);
    }
    Reply<T> reply = new Reply<>();
    long arrival = world.now() + hop(fault);
    long answer = arrival + hop(fault);
    if (fault == Fault.NONE || fault == Fault.SLOW || fault == Fault.CRAWLING) {
      world.at(arrival, () -> reply.value = effect.get());
    } else {
      answer = fault == Fault.REFUSED ? answer : end;
    }
    me.waitUntil(Math.min(answer, end));
    if (reply.value == null || answer > end) {
      throw failure(Kind.UNAVAILABLE, false, what, key, fault);
    }
    noteSlowness(arrival);
    traceRead(what, key, reply.value);
    return reply.value;
  }

  private <T> T write(
      String what, String key, String value, Supplier<T> effect, Deadline deadline) {
    KvTexts.checkKey(key);
    long end = begin(what, key, deadline);
    Blow blow = trouble.blow(key);
    before(blow);
    Fault fault = trouble.fault(me, key, true);
    if (fault == Fault.BROKEN) {
      if (world.random.nextBoolean()) {
        traceApplied(what, key, value, effect.get());
      }
      throw broken(true, what, key);
    }
    Reply<T> reply = new Reply<>();
    long arrival = world.now() + hop(fault);
    long answer = arrival + hop(fault);
    if (fault != Fault.REFUSED && fault != Fault.REQUEST_LOST) {
      arrival += fault == Fault.LATE ? lateness() : 0;
      if (arrival > Math.min(answer, end)) {
        run.incidents.add(me, world.now(), arrival, "a late write");
      }
      world.at(arrival, () -> {
        reply.value = effect.get();
        traceApplied(what, key, value, reply.value);
      });
    }
    if (blow == Blow.CRASH_AFTER_SENDING) {
      me.crash("a crash");
      me.checkAlive();
    }
    me.waitUntil(Math.min(fault == Fault.REQUEST_LOST ? end : answer, end));
    after(blow);
    if (fault == Fault.REFUSED) {
      throw failure(Kind.UNAVAILABLE, true, what, key, fault);
    }
    if (reply.value == null || fault == Fault.ANSWER_LOST || answer > end) {
      throw failure(Kind.OUTCOME_UNKNOWN, true, what, key, fault);
    }
    noteSlowness(arrival);
    return reply.value;
  }

  /** The time by which the call must have ended. */
  private long begin(String what, String key, Deadline deadline) {
    me.checkAlive();
    if (world.current() == null) {
      run.problems.add(
          me,
          "calls the store where it must not block: " + what + key + " at "
              + Problems.place(new Throwable()));
      throw new Crashed();
    }
    long left = deadline.remaining().toNanos();
    if (left == 0) {
      throw failure(Kind.UNAVAILABLE, false, what, key, Fault.NONE);
    }
    return world.now() + left;
  }

  private void before(Blow blow) {
    if (blow == Blow.CRASH_BEFORE) {
      me.crash("a crash");
      me.checkAlive();
    }
    if (blow == Blow.BLACKOUT_BEFORE) {
      run.cluster.blackOut();
      me.checkAlive();
    }
    if (blow == Blow.PAUSE_BEFORE) {
      me.pause(run.pauseLength());
      me.waitUntil(world.now());
    }
    if (blow == Blow.SUSPEND_BEFORE) {
      me.suspend(run.pauseLength());
      me.waitUntil(world.now());
    }
  }

  private void after(Blow blow) {
    if (blow == Blow.PAUSE_AFTER) {
      me.pause(run.pauseLength());
      me.waitUntil(world.now());
    }
    if (blow == Blow.PAUSE_AFTER_INTO_NEXT_FIRE) {
      Duration next = me.untilNextFire();
      boolean soon = next.compareTo(SOON) < 0;
      me.pause(soon ? next.plus(world.between(Duration.ZERO, PUNCTUAL)) : run.pauseLength());
      me.waitUntil(world.now());
    }
  }

  private long hop(Fault fault) {
    if (fault == Fault.CRAWLING) {
      return CRAWL;
    }
    if (fault == Fault.SLOW && world.random.nextBoolean()) {
      return world.between(Duration.ofMillis(500), Duration.ofSeconds(9)).toNanos();
    }
    return 100_000 + world.random.nextLong(HOP);
  }

  private long lateness() {
    return world.between(Duration.ofMillis(20), Duration.ofSeconds(40)).toNanos();
  }

  /** A second is nothing unusual, and yet may be what a lease lacked in the end. */
  private void noteSlowness(long arrival) {
    if (world.now() - arrival > 400_000_000) {
      run.incidents.add(me, arrival, world.now(), "a slow store");
    }
  }

  private KvStoreException failure(Kind kind, boolean write, String what, String key, Fault fault) {
    noteFailure(write, fault);
    me.trace("  failed ", what, key, ": ", kind, " (", fault, ")");
    return new KvStoreException(kind, "simulated " + fault + " of " + what + key, null);
  }

  private Broken broken(boolean write, String what, String key) {
    noteFailure(write, Fault.BROKEN);
    me.trace("  broke ", what, key);
    return new Broken();
  }

  private void noteFailure(boolean write, Fault fault) {
    run.incidents.add(
        me, world.now(), world.now(), "store: " + fault + (write ? " of a write" : " of a read"));
  }

  private void traceApplied(String what, String key, String value, Object result) {
    me.trace("  applied ", what, key, " ", new Brief(value), " -> ", result);
  }

  private void traceRead(String what, String key, Object found) {
    if (found instanceof KvPage page) {
      if (!page.entries().isEmpty()) {
        me.trace("  ", what, key, ": ", page.entries().size(), " entries");
      }
    } else if (found instanceof Optional<?> entry) {
      me.trace("  ", what, key, entry.isEmpty() ? ": nothing" : ": found");
    }
  }
}
