package io.schedulerworker.port;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked. A lost race is no exception but a value. */
public final class KvStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * Of a kind.
   *
   * @param kind what the caller may do now
   * @param message one line for a person: which store, which key, what happened; without secrets
   * @param cause the technology's own exception; null if there is none
   */
  public KvStoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * What the caller may do now.
   *
   * @return never null
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether a write may have happened all the same.
   *
   * @return true only for {@link Kind#OUTCOME_UNKNOWN}
   */
  public boolean mayHaveHappened() {
    return kind == Kind.OUTCOME_UNKNOWN;
  }

  /** What a failure means for the caller. */
  public enum Kind {
    /** Nothing was written: the store is out of reach, too busy or the deadline was over. Try again later. */
    UNAVAILABLE,
    /** Nothing was written, and asking again is no use: wrong password, missing table, value too large. */
    REJECTED,
    /** The write was sent and no answer came: it may have happened, or may yet. Read to find out. */
    OUTCOME_UNKNOWN
  }
}
