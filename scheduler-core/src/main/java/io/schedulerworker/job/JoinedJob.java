package io.schedulerworker.job;

import io.schedulerworker.job.JobRecords.Stored;
import io.schedulerworker.model.AuditLine;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A job as it is: its record with the steps that it does not have yet.
 *
 * @param raw the record as stored
 * @param job the record with the steps joined in
 * @param intents KPIs that the latest owner was about to call, with or without an outcome
 * @param epoch the latest one that left a trace
 */
record JoinedJob(Stored raw, JobRecord job, Set<String> intents, int epoch) {
  static JoinedJob of(Stored raw, List<Step> steps) {
    JobRecord record = raw.job();
    List<Step> counting = steps.stream().filter(step -> step.countsFor(record)).toList();
    List<KpiRun> runs = counting.stream().flatMap(step -> step.runs().stream()).toList();
    // A step of an owner says that its calls have begun.
    boolean begun = counting.stream().anyMatch(step -> step.epoch() != Step.OF_ANYBODY);
    JobRecord at = begun ? record.begun(record.updatedAt()) : record;
    int epoch =
        counting.stream().mapToInt(Step::epoch).reduce(record.metadata().epoch(), Math::max);
    // The first owner's epoch is not written; a later one that an old state lacks is.
    JobRecord owned = epoch > 1 ? at.withEpoch(epoch) : at;
    List<AuditLine> audit =
        counting.stream().flatMap(step -> step.audit().stream()).toList();
    JobRecord audited = audit.isEmpty() ? owned : owned.withAudit(audit);
    JobRecord job = runs.isEmpty() ? audited : audited.with(runs, record.updatedAt());
    return new JoinedJob(raw, job, intents(counting, epoch), epoch);
  }

  /** Whoever took the job over, or drove KPIs of it again, has seen to the intents of the owners before. */
  private static Set<String> intents(List<Step> steps, int epoch) {
    return steps.stream()
        .filter(step -> step.epoch() == epoch)
        .flatMap(step -> step.intents().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
