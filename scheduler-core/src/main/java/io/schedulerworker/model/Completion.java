package io.schedulerworker.model;

/** What the report of a KPI's end meets. */
public enum Completion {
  /** It is the first, and is stored. */
  RECORDED,
  /** The same was reported before. */
  REPEATED,
  /** Another end was reported before, by a callback or another writer; it stays. */
  CONFLICT,
  /** There is no such job, or it has no such KPI. */
  UNKNOWN
}
