package io.schedulerworker.simulation;

import java.lang.reflect.Method;
import java.util.List;

/** Mistakes that schedulers of this kind have been known to make, as changes of the core's source. */
public final class PlantedMistakes {
  /** How many seeds find each at the latest; the one that found it when somebody last looked is tried first. */
  static final int SEEDS = 800;

  static final List<Mutant> ALL = List.of(
      new Mutant(
          "no lease check: an owner that slept goes on calling",
          "job.HeldLease",
          "return !over && !isOverdue();",
          "return !over;",
          44),
      new Mutant(
          "blind put: the record is written over what others made of it",
          "job.JobRecords",
          """
              return store
                  .replaceIfUnchanged(job.key(), text, expected, retention, deadline)
          """,
          """
              return Optional.of(store.put(job.key(), text, retention, deadline))
          """,
          3),
      new Mutant(
          "lost delta: who takes over does not read the steps",
          "job.JobReader",
          "steps.of(record.traceId(), deadline, look)",
          "java.util.List.of()",
          1),
      new Mutant(
          "wall clocks compared: a lease is timed from its fire time",
          "job.Takeovers",
          "Duration left = lease.duration().minusNanos(clock.nanoTime() - now.since());",
          """
          Duration left = lease.fire().fireTime() == null
              ? lease.duration().minusNanos(clock.nanoTime() - now.since())
              : lease.duration().minus(Duration.between(lease.fire().fireTime(), clock.now()));
          """,
          2),
      new Mutant(
          "last fire in memory only: what fell due while nobody was there is forgotten",
          "schedule.Ledgers",
          """
          ? before.rezoned(schedule)
                  : letGoOfAll(before, since).redefined(schedule, since);
          """,
          """
          ? before.redefined(schedule, since)
                  : letGoOfAll(before, since).redefined(schedule, since);
          """,
          2),
      new Mutant(
          "fire advanced on completion: the ledger goes on from when a fire was settled",
          "schedule.Ledgers",
          ": ledger.settled(wanted);",
          """
          : new Ledger(
              ledger.definition(),
              ledger.cron(),
              ledger.zone(),
              ledger.zoneRules(),
              ledger.since(),
              clock.now().isAfter(wanted.fireTime()) ? clock.now() : wanted.fireTime(),
              ledger.pausedSince(),
              ledger.pauses(),
              ledger.owed(),
              ledger.settled(wanted).fates(),
              ledger.abandoned(),
              ledger.extras());
          """,
          2),
      new Mutant(
          "retry after an ambiguous answer: a call that may have arrived is made again",
          "dispatch.RetryRules",
          "return retryIf(policy.retryUnknown(), call, ended, ",
          "return retryIf(true, call, ended, ",
          10),
      new Mutant(
          "an ambiguous write is taken for none: the claim of a record that may be there is given up",
          "job.Jobs",
          "if (mayHaveHappened(failure)) {",
          "if (failure instanceof Error) {",
          20),
      new Mutant(
          "epoch ignored: an owner that slept writes into the record of the next one",
          "job.JobRecords",
          "if (theirs.metadata().epoch() > later.metadata().epoch()) {",
          "if (theirs.metadata().epoch() < 0) {",
          44),
      new Mutant("a lease is taken without a condition", "job.Leases", """
              return store
                  .replaceIfUnchanged(
                      Lease.key(traceId), LeaseJson.write(next), known.version(), life, deadline)
          """, """
              return Optional.of(
                  store.put(Lease.key(traceId), LeaseJson.write(next), life, deadline))
          """, 24),
      new Mutant(
          "steps are deleted without a look at whether the record says what they say",
          "job.StepSweep",
          "if (joined.equals(raw)) {",
          "if (joined != null) {",
          27),
      new Mutant(
          "a job that was quiet once is taken for quiet ever after",
          "job.QuietJobs",
          "&& reader.fingerprint(traceId, deadline).equals(quiet.fingerprint())",
          "",
          167),
      new Mutant("the last completion wins over the first", "job.Steps", """
              return store.putIfAbsent(endKey(traceId, end), endStep(end), life, deadline).isPresent();
          """, """
              store.put(endKey(traceId, end), endStep(end), life, deadline);
              return true;
          """, 23),
      new Mutant(
          "who is driven again is called under the key of the first drive",
          "job.RunningJob",
          "IdempotencyKey.of(traceId(), kpi.id(), drive)",
          "IdempotencyKey.of(traceId(), kpi.id())",
          6),
      new Mutant(
          "a drive is asked for and not noted as a step: an old state written back undoes it",
          "job.Redrives",
          "kv.steps().append(lease.traceId(), lease.nextStep(), step, deadline);",
          "step.epoch();",
          50),
      new Mutant(
          "the lease of a cancelled job is not looked at",
          "job.RunningJob",
          "lease.whenCancelled(this::cancel);",
          "",
          677),
      new Mutant(
          "no intent is noted where nothing may be called twice",
          "job.JobAdmission",
          "this.atMostOnce = lease.lease().delivery() == Delivery.AT_MOST_ONCE;",
          "this.atMostOnce = false;",
          48),
      new Mutant(
          "catch-up from the jobs there are: a fire that was let go is open again",
          "schedule.Agenda",
          "Optional<Instant> next = times.next(before.openAfter());",
          """
          Instant lastJob = before.fates().stream()
              .filter(fate -> fate.job() != null)
              .map(Fate::fireTime)
              .max(Comparator.naturalOrder())
              .orElse(before.openAfter());
          Optional<Instant> next = times.next(lastJob);
          """,
          2),
      new Mutant(
          "pause treated as downtime: its fires are caught up as if they had been missed",
          "schedule.Agenda",
          "if (isInPause(due)) {",
          "if (isInPause(due) && due.isAfter(now)) {",
          3),
      new Mutant(
          "replay after an edit: the new definition owes what it would have fired before",
          "schedule.Ledgers",
          "letGoOfAll(before, since).redefined(schedule, since)",
          "letGoOfAll(before, since).redefined(schedule, since.minusSeconds(600))",
          2),
      new Mutant(
          "overlap judged per replica: a job of another process is not seen",
          "job.Jobs",
          ".filter(named -> named.stored().lease().fire().schedule().equals(schedule))",
          """
          .filter(named -> named.stored().lease().fire().schedule().equals(schedule))
          .filter(named -> named.stored().lease().owner().equals(settings.owner()))
          """,
          27),
      new Mutant(
          "the hours of catch-up are not looked at",
          "schedule.Turns",
          "return hours == null || hours.contains",
          "return true || hours.contains",
          27),
      new Mutant(
          "a clock that jumped is believed at once: fires of days to come are decided about",
          "schedule.ClockWatch",
          "doubt = new Doubt(now, true);",
          "doubt = null;",
          27),
      new Mutant(
          "a fire at its time makes up for those before it, whatever becomes of it",
          "schedule.Agenda",
          "List<Instant> kept = newest(eligible(passed, cause), most(which));",
          """
          List<Instant> kept =
              newest(eligible(passed, cause), which == CatchUp.ONCE && onTime != null ? 0 : most(which));
          """,
          15),
      new Mutant(
          "whoever takes over a claim fixes its fate, however long ago the fire was",
          "job.ClaimFinisher",
          "if (fates.abandon(",
          """
          String claimant = lease.lease().claimant();
          if (!fates.claim(fire, lease.traceId(), claimant, () -> true, deadline)
              && fates.abandon(""",
          534),
      new Mutant(
          "a clock that was set forward by minutes has missed what it passed over",
          "schedule.ClockWatch",
          "recent.add(jump, now);",
          "recent.forget();",
          38));

  private PlantedMistakes() {}

  /**
   * Prints which seed finds which mistake, and how soon.
   *
   * @param arguments the numbers of the mistakes from 0, all without
   */
  public static void main(String[] arguments) {
    for (int i = 0; i < ALL.size(); i++) {
      if (arguments.length == 0 || List.of(arguments).contains(String.valueOf(i))) {
        long began = System.nanoTime();
        String fault = firstFault(ALL.get(i), 300_000);
        long millis = (System.nanoTime() - began) / 1_000_000;
        System.out.println(i + " " + ALL.get(i) + "\n    " + millis + " ms: " + fault);
      }
    }
  }

  static String firstFault(Mutant mutant, long millis) {
    try {
      Method search = MutantLoader.of(mutant)
          .loadClass(Seeds.class.getName())
          .getMethod("firstFault", long.class, int.class, long.class);
      Object known = search.invoke(null, mutant.seed(), 1, millis);
      return (String) (known == null ? search.invoke(null, 1L, SEEDS, millis) : known);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
