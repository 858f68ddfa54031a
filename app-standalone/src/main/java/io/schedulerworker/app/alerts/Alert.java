package io.schedulerworker.app.alerts;

import io.schedulerworker.model.Texts;
import io.schedulerworker.model.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param subject the schedule, host or store that it is about; empty where it is about this process
 * @param summary one line for a person
 * @param traceId the job, or the newest of several; null if it is about none
 * @param count how many events it stands for; 0 for a condition
 * @param at when it is told
 */
record Alert(
    AlertKind kind,
    AlertStatus status,
    Severity severity,
    String subject,
    String summary,
    @Nullable TraceId traceId,
    int count,
    Instant at) {
  private static final int LONGEST = 500;

  Alert {
    summary = Texts.line(summary, LONGEST);
  }

  static Alert event(
      AlertKind kind,
      Severity severity,
      String subject,
      String summary,
      @Nullable TraceId traceId,
      int count,
      Instant at) {
    return new Alert(kind, AlertStatus.FIRING, severity, subject, summary, traceId, count, at);
  }

  static Alert condition(
      AlertKind kind, Severity severity, String subject, String summary, Instant at) {
    return new Alert(kind, AlertStatus.FIRING, severity, subject, summary, null, 0, at);
  }

  Alert resolved(Instant moment) {
    return new Alert(
        kind, AlertStatus.RESOLVED, severity, subject, kind.over(subject), null, 0, moment);
  }

  Alert at(Instant moment) {
    return new Alert(kind, status, severity, subject, summary, traceId, count, moment);
  }

  /** This one, as the newest of several that have not been told. */
  Alert andMore(int total, Instant moment) {
    String text = total == count ? summary : "and " + total + " more, the last: " + summary;
    return new Alert(kind, status, severity, subject, text, traceId, total, moment);
  }

  Topic topic() {
    return kind.isCondition() ? topicOf(kind, subject) : new Topic(kind, subject, severity.text());
  }

  /** Of a condition, which is one however bad it is said to be. */
  static Topic topicOf(AlertKind condition, String subject) {
    return new Topic(condition, subject, "");
  }

  /** What is told once: the same of another schedule, or worse, is another matter. */
  record Topic(AlertKind kind, String subject, String severity) {}
}
