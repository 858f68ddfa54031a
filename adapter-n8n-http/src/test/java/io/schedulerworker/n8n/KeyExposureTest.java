package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The warning for an API key over plain http to another machine. No address here has a server behind it. */
class KeyExposureTest {
  private final Logger logger = Logger.getLogger("io.schedulerworker.n8n.KeyExposure");
  private final List<String> warnings = new ArrayList<>();
  private final Handler listener = new Handler() {
    @Override
    public void publish(LogRecord said) {
      warnings.add(new SimpleFormatter().formatMessage(said));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(listener);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(listener);
    logger.setUseParentHandlers(true);
  }

  @Test
  void warnsOncePerHostAndShowsNoKey() {
    try (N8nTrigger trigger = closed(Calls.KEY)) {
      call(trigger, "http://n8n.invalid/webhook/a?token=hidden");
      call(trigger, "http://N8N.invalid:5678/webhook/b");
      call(trigger, "http://other.invalid/webhook/c");
    }

    assertThat(warnings)
        .containsExactly(
            "the n8n key is sent to n8n.invalid over plain http, where others can read it: use https",
            "the n8n key is sent to other.invalid over plain http, where others can read it: use https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://n8n.invalid/webhook/a",
        "http://127.0.0.1:9/a",
        "http://127.8.8.8/a",
        "http://[::1]/a",
        "http://[0:0:0:0:0:0:0:1]/a",
        "http://localhost/a",
        "http://n8n.localhost:5678/a"
      })
  void saysNothingWhereNobodyListens(String webhook) {
    try (N8nTrigger trigger = closed(Calls.KEY)) {
      call(trigger, webhook);
    }

    assertThat(warnings).isEmpty();
  }

  @Test
  void saysNothingWithoutAKey() {
    try (N8nTrigger trigger = closed(null)) {
      call(trigger, "http://n8n.invalid/webhook/a");
    }

    assertThat(warnings).isEmpty();
  }

  /** A closed trigger calls nobody, so nothing leaves this machine. */
  private static N8nTrigger closed(String key) {
    N8nTrigger trigger = Calls.trigger(Calls.settings(key, Duration.ofSeconds(1)));
    trigger.close();
    return trigger;
  }

  private static void call(N8nTrigger trigger, String webhook) {
    Calls.outcome(trigger.trigger(Calls.request("kpi-1", URI.create(webhook))));
  }
}
