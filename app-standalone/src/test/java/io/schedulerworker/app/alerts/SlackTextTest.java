package io.schedulerworker.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.TraceId;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Alerts as texts for Slack. */
class SlackTextTest {
  private static final AlertTarget TARGET = new AlertTarget(
      URI.create("https://hooks.example.com/secret"), AlertFormat.SLACK, "production", "1.2.3");

  private static Alert failed(String summary) {
    return Alert.event(
        AlertKind.JOB_FAILED,
        Severity.CRITICAL,
        "daily",
        summary,
        TraceId.ofManual(Bench.START, "abc12345"),
        1,
        Bench.START);
  }

  @Test
  void aLineSaysWhatItIsAndOneHasDetails() {
    assertThat(AlertJson.of(failed("it failed"), TARGET, 0))
        .isEqualTo("{\"text\":\"[critical] production: it failed\\njob_failed, daily,"
            + " trace_20250814_120000_abc12345, 2025-08-14T12:00:00Z\"}");
  }

  @Test
  void whatIsOverSaysSo() {
    Alert closed = Alert.condition(
        AlertKind.HOST_CLOSED, Severity.WARNING, "h:443", "h:443 is not called", Bench.START);
    assertThat(SlackText.of(closed.resolved(Bench.START), TARGET, 0))
        .isEqualTo("[resolved] production: h:443 is called again\n"
            + "host_closed, h:443, 2025-08-14T12:00:00Z");
  }

  @Test
  void whatOthersHaveNamedCallsNobodyAndIsNoMarkUp() {
    String text = SlackText.of(
        failed("<!channel> <@U123> @here a & b <https://evil.example|click>\nnew line"), TARGET, 0);
    assertThat(text)
        .contains("&lt;!channel&gt; &lt;@\u200bU123&gt; @\u200bhere a &amp; b &lt;https://")
        .contains("\\u000anew line")
        .doesNotContain("<", ">", "@h", "@U");
  }

  @Test
  void howManyWereDroppedIsSaid() {
    assertThat(SlackText.of(failed("x"), TARGET, 7))
        .endsWith("\n7 earlier ones could not be delivered");
    assertThat(TARGET.toString()).doesNotContain("secret");
  }
}
