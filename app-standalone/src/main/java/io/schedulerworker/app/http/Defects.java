package io.schedulerworker.app.http;

/** Tells a defect in one line. Its message is left out: it may repeat what a client sent, or a secret. */
final class Defects {
  private Defects() {}

  static String line(Throwable defect) {
    StackTraceElement[] trace = defect.getStackTrace();
    String type = defect.getClass().getName();
    return trace.length == 0 ? type : type + " at " + trace[0];
  }
}
