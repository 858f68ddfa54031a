package io.schedulerworker.schedule;

import io.schedulerworker.job.Moment;
import io.schedulerworker.job.Rounds;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.JobListener;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process's wall clock can be fired by. It is compared with those of the other processes on the same store,
 * and with the times in the ledgers; whoever is further off than {@link Peers#TOLERANCE} fires nothing. A clock that
 * jumps is not believed until another one agrees with it, or half a minute has passed: time to be set right, or to be
 * outvoted. Thread-safe.
 */
public final class ClockWatch {
  private static final Logger LOG = System.getLogger(ClockWatch.class.getName());
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final Duration CLOSER_LOOK = Duration.ofSeconds(3);
  private static final Duration LONGEST_DOUBT = Duration.ofSeconds(30);

  /** Whoever was outvoted stays so while the others may just be starting anew. */
  private static final Duration AFTER_A_VOTE = Duration.ofMinutes(2);

  private static final Duration TO_LEAVE = Duration.ofSeconds(2);

  private final ClockBeats beats;
  private final JobListener listener;
  private final Clock clock;
  private final Duration timeout;
  private final Executor executor;
  private final boolean alone;
  private final Rounds rounds;
  private final Peers peers = new Peers();
  private final RecentJumps recent = new RecentJumps();
  private final Map<ScheduleId, Instant> ledgersAhead =
      new TreeMap<>(Comparator.comparing(ScheduleId::value));
  private Moment last;
  private volatile Optional<Moment> lastBeat = Optional.empty();
  private @Nullable Doubt doubt;
  private @Nullable Vote vote;
  private Optional<String> told = Optional.empty();
  private long jumps;

  /** Since when the clock is not believed, and whether that is because it jumped, not because it is new. */
  private record Doubt(Moment since, boolean jumped) {}

  /** That the others outvoted this clock, and by how much they are ahead of it. */
  private record Vote(Moment when, Duration by) {}

  /**
   * A watch that has not begun.
   *
   * @param jobsKv where the processes compare their clocks
   * @param owner the name of this process
   * @param listener is told; must not throw
   * @param clock what is watched
   * @param timeout bounds the store calls of one look
   * @param executor for work that blocks
   * @param alone whether no other process can have the store: then there is nothing to compare with
   */
  public ClockWatch(
      KvStore jobsKv,
      String owner,
      JobListener listener,
      Clock clock,
      Duration timeout,
      Executor executor,
      boolean alone) {
    this.beats = new ClockBeats(jobsKv, owner);
    this.listener = listener;
    this.clock = clock;
    this.timeout = timeout;
    this.executor = executor;
    this.alone = alone;
    this.rounds = new Rounds(clock, executor, this::look);
    this.last = Moment.of(clock);
  }

  /** Begins to watch. Does not block. */
  public void start() {
    synchronized (this) {
      last = Moment.of(clock);
      doubt = alone ? null : new Doubt(last, false);
    }
    rounds.start();
  }

  private Optional<Duration> look() {
    noticeJump();
    boolean compared = alone || compare();
    tell();
    return Optional.of(compared && isSettled() ? BEAT : CLOSER_LOOK);
  }

  /** False if somebody else wrote at the same time: those who look in step would be in each other's way again and again. */
  private boolean compare() {
    try {
      Deadline deadline = Deadline.in(timeout, clock);
      ClockBeats.Found found = beats.read(deadline);
      Moment now = Moment.of(clock);
      Collection<String> gone = see(found, now);
      boolean due = lastBeat.filter(beat -> now.since(beat).compareTo(BEAT) < 0).isEmpty();
      boolean beaten = !due || beats.beat(found, gone, now.wall(), deadline);
      lastBeat = due && beaten ? Optional.of(now) : lastBeat;
      return beaten;
    } catch (KvStoreException e) {
      LOG.log(Level.DEBUG, "the clocks cannot be compared: {0}", e.getMessage());
      return true;
    }
  }

  private synchronized Collection<String> see(ClockBeats.Found found, Moment now) {
    peers.see(found.others(), now);
    Optional<Duration> by = peers.outvoted(now);
    if (by.isPresent()) {
      vote = new Vote(now, by.get());
    } else if (vote != null && isVoteOver(vote, now)) {
      vote = null;
    }
    return peers.gone(now);
  }

  private boolean isVoteOver(Vote before, Moment now) {
    return peers.isAnyAgreeing(now) || now.since(before.when).compareTo(AFTER_A_VOTE) > 0;
  }

  private synchronized boolean isSettled() {
    return doubt == null && vote == null;
  }

  /** Asked before everything that depends on the time, for a loop may wake up before the next look. */
  private synchronized Moment noticeJump() {
    Moment now = Moment.of(clock);
    Duration jump = now.jumpSince(last);
    last = now;
    if (jump.abs().compareTo(Peers.TOLERANCE) > 0) {
      jumped(jump, now);
    } else {
      recent.add(jump, now);
    }
    if (doubt != null && isOver(doubt, now)) {
      doubt = null;
    }
    return now;
  }

  private void jumped(Duration jump, Moment now) {
    LOG.log(
        Level.WARNING,
        "the wall clock was set {0} by {1}, or the machine slept: fires wait up to {2} s for other clocks to agree",
        jump.isNegative() ? "back" : "forward",
        Texts.span(jump.abs()),
        LONGEST_DOUBT.toSeconds());
    jumps++;
    doubt = new Doubt(now, true);
    vote = null;
    ledgersAhead.clear();
    peers.compareAnew();
    recent.forget();
  }

  private boolean isOver(Doubt begun, Moment now) {
    boolean nothingOdd = !begun.jumped && peers.wereSeen() && !peers.isAnyInDoubt(now);
    return nothingOdd
        || peers.isAnyAgreeing(now)
        || now.since(begun.since).compareTo(LONGEST_DOUBT) > 0;
  }

  /** The time to fire by; empty while the clock is in doubt, or off. */
  synchronized Optional<Instant> now() {
    Moment now = noticeJump();
    return isSettled() ? Optional.of(now.wall()) : Optional.empty();
  }

  /** How often the clock was set: whoever computed with an earlier time has to do so again. */
  synchronized long jumps() {
    noticeJump();
    return jumps;
  }

  /**
   * By how much this clock is ahead of another one that may be right, or of itself before it was set: what seems late may
   * not be due there, or was never on time here.
   */
  synchronized Duration lead() {
    Moment now = noticeJump();
    Duration lead = peers.lead(now).plus(recent.ahead(now));
    return lead.compareTo(Peers.TOLERANCE) < 0 ? lead : Peers.TOLERANCE;
  }

  /** Notes up to when a ledger is settled; true if that is further ahead than clocks may differ. */
  boolean isAhead(ScheduleId schedule, Instant settledUntil) {
    boolean ahead;
    synchronized (this) {
      ahead = settledUntil.isAfter(noticeJump().wall().plus(Peers.TOLERANCE));
      if (ahead) {
        ledgersAhead.put(schedule, settledUntil);
      } else {
        ledgersAhead.remove(schedule);
      }
    }
    tell();
    return ahead;
  }

  /**
   * Why this process does not fire all that it should.
   *
   * @return one line for a person; empty if all is well
   */
  public synchronized Optional<String> problem() {
    return Optional.ofNullable(vote).map(ClockWatch::text).or(this::ledgerProblem);
  }

  private static String text(Vote vote) {
    return "the clock of this process is "
        + Texts.span(vote.by.abs())
        + (vote.by.isNegative() ? " ahead of" : " behind")
        + " that of other processes on the same JOBS_KV: it fires nothing until they agree; set the clock that is wrong";
  }

  private Optional<String> ledgerProblem() {
    return ledgersAhead.entrySet().stream()
        .findFirst()
        .map(ledger -> "the fires of " + ledger.getKey() + " are settled up to " + ledger.getValue()
            + ", which this process's clock says is in the future: nothing is fired until then; if the clock is right,"
            + " another one was ahead");
  }

  private void tell() {
    Optional<String> now;
    synchronized (this) {
      now = problem();
      if (now.isPresent() == told.isPresent()) {
        return;
      }
      told = now;
    }
    now.ifPresentOrElse(listener::clockOff, listener::clockAgrees);
  }

  /**
   * Watches no more. Does not block; may be called again.
   *
   * @return completes once the others know, or cannot be told
   */
  public CompletionStage<Void> close() {
    rounds.close();
    CompletableFuture<Void> left = new CompletableFuture<>();
    if (lastBeat.isPresent()) {
      executor.execute(() -> leave(left));
    } else {
      left.complete(null);
    }
    return left.minimalCompletionStage();
  }

  private void leave(CompletableFuture<Void> left) {
    try {
      beats.leave(Deadline.in(TO_LEAVE, clock));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.DEBUG, "the clock stays noted: {0}", e.getMessage());
    } finally {
      left.complete(null);
    }
  }
}
