package io.schedulerworker;

import io.schedulerworker.job.CallCheck;
import io.schedulerworker.model.CallTally;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.Schedule;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.ScheduleReport;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.schedule.FireCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at JOBS_KV as a stranger would, and says whether schedules do what their rules name: fires against their fates, KPIs
 * against their calls. It knows nothing of the processes that should do it, so that whoever has the stores sees what they
 * missed. Thread-safe; blocks, each call up to the timeout.
 */
public final class ScheduleWatch {
  /** A record that somebody deletes is no news for longer than this. */
  private static final Duration MISSING_SPAN = Duration.ofHours(1);

  /** Of jobs that fires became and that no list shows, so many are looked for in one look. */
  private static final int MOST_LOOKED_FOR = 50;

  /** How far back it looks, unless records live shorter. */
  private static final Duration SPAN = Duration.ofHours(24);

  private final List<Schedule> schedules;
  private final ScheduleStore ledgers;
  private final CallCheck calls;
  private final Clock clock;
  private final Duration grace;
  private final Duration span;
  private final Duration timeout;

  /**
   * A watch over some schedules, in a store that stays the caller's.
   *
   * @param jobsKv holds their ledgers and jobs
   * @param schedules which ones; copied
   * @param clock the time; what it shows must be about right
   * @param grace how late anything may be and yet be all right; more than a minute, since a fire may be that late
   * @param retention how long records live
   * @param timeout bounds each of the two parts of a look, ledgers and jobs; more than zero
   * @throws IllegalArgumentException if the grace is a minute or less
   */
  public ScheduleWatch(
      KvStore jobsKv,
      Collection<Schedule> schedules,
      Clock clock,
      Duration grace,
      Duration retention,
      Duration timeout) {
    if (grace.compareTo(Duration.ofMinutes(1)) <= 0) {
      throw new IllegalArgumentException("the grace must be more than a minute: " + grace);
    }
    this.schedules = List.copyOf(schedules);
    this.ledgers = new ScheduleStore(jobsKv, clock, timeout);
    this.calls = new CallCheck(jobsKv, clock, grace);
    this.clock = clock;
    this.grace = grace;
    Duration half = retention.dividedBy(2);
    this.span = half.compareTo(SPAN) < 0 ? half : SPAN;
    this.timeout = timeout;
  }

  /**
   * Looks at all of them, and at the jobs by hand.
   *
   * @return an element for each schedule that any process has ever started, in the order of their names; jobs by hand are of
   *     the schedule {@link ScheduleId#MANUAL}, if there were any
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public synchronized List<ScheduleReport> look() {
    return new Look(clock.now()).reports();
  }

  /** One look at everything. */
  private final class Look {
    private final Instant from;
    private final Instant until;
    private final Deadline deadline = Deadline.in(timeout, clock);
    private final Map<ScheduleId, Ledger> found;
    private final Map<ScheduleId, CallTally> tallies;
    private int leftToLookFor = MOST_LOOKED_FOR;

    /** What is found was stored after this moment, or before. */
    Look(Instant now) {
      this.from = now.minus(span);
      this.until = now.minus(grace);
      this.found = ledgers.all();
      this.tallies = calls.look(from, until, deadline);
    }

    List<ScheduleReport> reports() {
      List<ScheduleReport> reports = new ArrayList<>();
      for (Schedule schedule : schedules) {
        Ledger ledger = found.get(schedule.id());
        if (ledger != null) {
          reports.add(report(schedule, ledger));
        }
      }
      CallTally byHand = tallies.get(ScheduleId.MANUAL);
      if (byHand != null) {
        reports.add(ScheduleReport.byHand(byHand));
      }
      reports.sort(Comparator.comparing(report -> report.schedule().value()));
      return reports;
    }

    private ScheduleReport report(Schedule schedule, Ledger ledger) {
      Optional<FireCheck> fires = FireCheck.of(ledger, schedule, from, until);
      List<Instant> overdue = fires.map(FireCheck::overdue).orElse(List.of());
      return new ScheduleReport(
          schedule.id(),
          ledger.pausedSince() != null,
          fires.map(FireCheck::expected).orElse(0),
          overdue.size(),
          overdue.stream().findFirst(),
          fires.map(FireCheck::lost).orElse(List.of()),
          ledger.owed().size(),
          tallies.getOrDefault(schedule.id(), CallTally.NONE).withMissing(missing(ledger)));
    }

    /** A job whose fire came at its time is made at about that time. */
    private List<TraceId> missing(Ledger ledger) {
      Instant earliest = until.minus(MISSING_SPAN);
      List<TraceId> made = ledger.fates().stream()
          .filter(fate -> fate.late() == null)
          .filter(fate -> fate.fireTime().isAfter(from) && fate.fireTime().isAfter(earliest))
          .filter(fate -> fate.fireTime().isBefore(until))
          .flatMap(fate -> Optional.ofNullable(fate.job()).stream())
          .sorted(Comparator.reverseOrder())
          .limit(leftToLookFor)
          .toList();
      leftToLookFor -= made.size();
      return calls.missing(made, deadline);
    }
  }
}
