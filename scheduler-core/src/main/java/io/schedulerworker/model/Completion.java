package io.schedulerworker.model;

/** What the report of a KPI's end meets. */
public enum Completion {
  /** It is the first, and is stored. */
  RECORDED,
  /** The same was reported before. */
  REPEATED,
  /** Another end was reported before, by a callback or another writer; it stays. */
  CONFLICT,
  /** It is about an earlier drive of the KPI, which has been driven again since. */
  SUPERSEDED,
  /** There is no such job, or it has no such KPI, or the KPI no such drive. */
  UNKNOWN
}
