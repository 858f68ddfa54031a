package io.schedulerworker.app.alerts;

import io.schedulerworker.model.TraceId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Where a watchdog hears of a run: {@code URL/start}, {@code URL} or {@code URL/fail}, with {@code rid}, the run's id. */
final class HeartbeatUrl {
  private HeartbeatUrl() {}

  /** What is said of a run. */
  enum Signal {
    START("/start"),
    SUCCESS(""),
    FAIL("/fail");

    private final String suffix;

    Signal(String suffix) {
      this.suffix = suffix;
    }
  }

  /** A query that the URL has stays. The run's id follows from the trace id, at every process. */
  static URI of(URI url, Signal signal, TraceId traceId) {
    String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
    String query = url.getRawQuery() == null ? "" : url.getRawQuery() + "&";
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + signal.suffix + "?"
        + query + "rid=" + rid(traceId));
  }

  private static UUID rid(TraceId traceId) {
    return UUID.nameUUIDFromBytes(traceId.value().getBytes(StandardCharsets.UTF_8));
  }
}
