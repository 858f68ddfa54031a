package io.schedulerworker.port;

import io.schedulerworker.model.TraceId;
import org.jspecify.annotations.Nullable;

/** Says where workflows report their ends. Implementations are thread-safe, quick, and do not throw. */
@FunctionalInterface
public interface CallbackUrls {
  /** Nobody listens. */
  CallbackUrls NONE = (traceId, kpiId, drive) -> null;

  /**
   * Where the end of one drive of one KPI is reported. Whoever knows the address may report it, and nothing else.
   *
   * @param traceId the job
   * @param kpiId the KPI, any text
   * @param drive 0 for the first, and then how often the KPI was driven again by hand
   * @return an absolute URL of ASCII characters; null if nobody listens
   */
  @Nullable
  String of(TraceId traceId, String kpiId, int drive);
}
