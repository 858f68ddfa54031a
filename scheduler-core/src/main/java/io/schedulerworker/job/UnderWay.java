package io.schedulerworker.job;

import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import java.util.List;

/** Tells which jobs are going on, on any process. Thread-safe; may block. */
@FunctionalInterface
public interface UnderWay {
  /**
   * The jobs of a schedule that have a lease: those that are being made, those of which some KPI still needs a call, and
   * those that have just been settled and whose lease is about to go.
   *
   * @param schedule which one
   * @param deadline by when the call must have ended
   * @return their trace ids
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  List<TraceId> of(ScheduleId schedule, Deadline deadline);
}
