package io.schedulerworker.app;

/** What the process tells its caller. */
final class ExitCode {
  static final int OK = 0;
  static final int SOME_KPI_FAILED = 1;
  static final int USER = 2;
  static final int STORE_OUT_OF_REACH = 3;

  /** EX_SOFTWARE of BSD's sysexits.h: a defect of ours. */
  static final int DEFECT = 70;

  /** EX_IOERR of the same: the result did not reach stdout. */
  static final int RESULT_LOST = 74;

  private ExitCode() {}
}
