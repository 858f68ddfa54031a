package io.schedulerworker.job;

import org.jspecify.annotations.Nullable;

/**
 * What became of a write of a later state.
 *
 * @param stored what is stored now; null unless written
 */
record Update(Kind kind, JobRecords.@Nullable Stored stored) {
  /** Somebody deleted the record: it stays so. */
  static final Update DELETED = new Update(Kind.DELETED, null);

  /** The record is in the hands of a later owner. */
  static final Update FENCED = new Update(Kind.FENCED, null);

  /** How it ended. */
  enum Kind {
    WRITTEN,
    DELETED,
    FENCED
  }
}
