package io.schedulerworker.app;

import io.opentelemetry.api.GlobalOpenTelemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** OpenTelemetry, where somebody put its API on the class path: it is not in the jar. */
final class Telemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private Telemetry() {}

  /**
   * Has an SDK beside the API set itself up, if a property or a variable of its own asks for that; where that fails, it
   * says so itself, and there are no spans. An agent has done so already.
   */
  static void begin() {
    try {
      GlobalOpenTelemetry.get();
    } catch (NoClassDefFoundError e) {
      // As nearly always: nobody put it there.
      return;
    } catch (LinkageError e) {
      LOG.warn(
          "there are no spans: OpenTelemetry's libraries do not go together: {}", e.toString());
    }
  }
}
