package io.schedulerworker.app.http;

/** Ends a request with a {@link Problem}. It has no stack trace: the problem is the client's, and says all there is. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * Carries a problem.
   *
   * @param problem the answer to be
   */
  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /**
   * A problem of no kind but its status.
   *
   * @param status the HTTP status, from 400 to 599
   * @param detail this occurrence in words
   */
  public ProblemException(int status, String detail) {
    this(Problem.of(status, detail));
  }

  /**
   * What is wrong.
   *
   * @return the answer to be
   */
  public Problem problem() {
    return problem;
  }
}
