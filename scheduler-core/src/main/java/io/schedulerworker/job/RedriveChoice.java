package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobRefusedException;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which KPIs of a job are driven again. Immutable. */
final class RedriveChoice {
  private static final int MOST_NAMED = 20;

  /** All that were never driven again and whose workflows have not reported their ends. */
  static final RedriveChoice UNFINISHED = new RedriveChoice(
      Set.of(), run -> run.status() == KpiStatus.TRIGGERED && run.redrives() == 0);

  private static final RedriveChoice FAILED =
      new RedriveChoice(Set.of(), run -> isFailed(run.status()));

  /**
   * What the choice is among: what n8n lost was accepted, and stays so until somebody names it. What is pending where
   * nobody has a lease is nobody's of ours, but may be called by the program that wrote the record.
   */
  private static final Set<KpiStatus> DRIVEN_BY_NAME =
      Set.of(KpiStatus.FAILED, KpiStatus.TIMED_OUT, KpiStatus.TRIGGERED, KpiStatus.PENDING);

  private final Set<String> ids;
  private final Predicate<KpiRun> rule;

  private RedriveChoice(Set<String> ids, Predicate<KpiRun> rule) {
    this.ids = ids;
    this.rule = rule;
  }

  /** Those with the ids given, or, if there are none, all that failed or timed out. */
  static RedriveChoice of(Collection<String> ids) {
    Set<String> named = new LinkedHashSet<>(ids);
    return named.isEmpty()
        ? FAILED
        : new RedriveChoice(named, run -> DRIVEN_BY_NAME.contains(run.status()));
  }

  private static boolean isFailed(KpiStatus status) {
    return status == KpiStatus.FAILED || status == KpiStatus.TIMED_OUT;
  }

  /**
   * Whom to call.
   *
   * @param known those who can be called, by id
   * @return at least one, in the order of the record
   * @throws JobRefusedException if there is none, or somebody who was named cannot be driven again
   */
  List<Kpi> from(JobRecord job, Map<String, Kpi> known) {
    if (job.kpis().isEmpty()) {
      throw impossible("it has no KPIs");
    }
    checkNamed(job, known);
    List<String> chosen = job.kpis().values().stream()
        .filter(run -> ids.isEmpty() || ids.contains(run.kpiId()))
        .filter(rule)
        .map(KpiRun::kpiId)
        .toList();
    if (chosen.isEmpty()) {
      throw impossible(whyNone(job));
    }
    List<Kpi> callees = chosen.stream().map(known::get).filter(Objects::nonNull).toList();
    if (callees.isEmpty()) {
      throw impossible("no longer in the registry, or no longer active: " + names(chosen.stream()));
    }
    return callees;
  }

  private static String whyNone(JobRecord job) {
    if (job.status() == JobStatus.COMPLETED) {
      return "all its KPIs are completed";
    }
    return "no KPI of it failed or timed out; name those that shall be driven again"
        + " although their workflows may still be running";
  }

  private void checkNamed(JobRecord job, Map<String, Kpi> known) {
    List<String> faults = new ArrayList<>();
    add(faults, "not in the job: ", id -> job.kpis().get(id) == null);
    add(faults, "completed already: ", id -> isIn(job, id, KpiStatus.COMPLETED));
    add(
        faults,
        "no longer in the registry, or no longer active: ",
        id -> job.kpis().get(id) != null && !known.containsKey(id));
    if (!faults.isEmpty()) {
      throw impossible(String.join("; ", faults));
    }
  }

  private void add(List<String> faults, String what, Predicate<String> fault) {
    List<String> faulty = ids.stream().filter(fault).toList();
    if (!faulty.isEmpty()) {
      faults.add(what + names(faulty.stream()));
    }
  }

  private static boolean isIn(JobRecord job, String id, KpiStatus status) {
    @Nullable KpiRun run = job.kpis().get(id);
    return run != null && run.status() == status;
  }

  private static String names(Stream<String> ids) {
    List<String> all = ids.toList();
    String named =
        all.stream().limit(MOST_NAMED).map(Texts::quote).collect(Collectors.joining(", "));
    return all.size() > MOST_NAMED ? named + " and " + (all.size() - MOST_NAMED) + " more" : named;
  }

  private static JobRefusedException impossible(String why) {
    return new JobRefusedException(
        JobRefusedException.Kind.IMPOSSIBLE, "nothing is driven again: " + why);
  }
}
