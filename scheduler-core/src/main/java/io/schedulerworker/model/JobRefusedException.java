package io.schedulerworker.model;

/** What was asked of a job cannot be done, as it is now. Nothing was changed. */
public final class JobRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Why. */
  public enum Kind {
    /** There is no such job. */
    UNKNOWN,
    /** Its KPIs are being called: it can be asked again when that is over. */
    UNDER_WAY,
    /** It makes no sense with this job. */
    IMPOSSIBLE
  }

  /**
   * Of a reason.
   *
   * @param kind its kind
   * @param message one line for a person: what is wrong, what to do
   */
  public JobRefusedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /**
   * The job is not there.
   *
   * @param traceId its name
   * @return to be thrown
   */
  public static JobRefusedException unknown(TraceId traceId) {
    return new JobRefusedException(Kind.UNKNOWN, "there is no job " + traceId);
  }

  /**
   * The kind of reason.
   *
   * @return never null
   */
  public Kind kind() {
    return kind;
  }
}
