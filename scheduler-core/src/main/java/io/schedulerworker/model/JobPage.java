package io.schedulerworker.model;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list of jobs.
 *
 * @param jobs newest first; copied
 * @param next where the next page begins, to be the {@link JobQuery#before} of its query; empty if there are no more
 */
public record JobPage(List<JobSummary> jobs, Optional<TraceId> next) {
  /**
   * Copies the jobs.
   *
   * @param jobs as above
   * @param next as above
   */
  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
