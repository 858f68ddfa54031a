package io.schedulerworker.app.alerts;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An alert as a text for Slack: a line that says what it is, and one with details. What others have named calls nobody and
 * links to nothing.
 */
final class SlackText {
  /** Shown as nothing: what stands behind it is no name to be called. */
  private static final String BREAK = "\u200b";

  private SlackText() {}

  static String of(Alert alert, AlertTarget target, int dropped) {
    String mark = alert.status() == AlertStatus.RESOLVED
        ? alert.status().text()
        : alert.severity().text();
    String head = "[%s] %s: %s".formatted(mark, target.environment(), alert.summary());
    return escaped(head + "\n" + details(alert) + lost(dropped));
  }

  private static String details(Alert alert) {
    String job = alert.traceId() == null ? "" : alert.traceId().value();
    return Stream.of(alert.kind().text(), alert.subject(), job, AlertJson.seconds(alert))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String lost(int dropped) {
    return dropped == 0 ? "" : "\n" + dropped + " earlier ones could not be delivered";
  }

  /** As Slack's documentation has it; without a bare @ for those that read texts as people write them. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "@" + BREAK);
  }
}
