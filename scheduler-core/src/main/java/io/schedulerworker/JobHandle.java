package io.schedulerworker;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import java.util.concurrent.CompletionStage;

/**
 * A job on its way.
 *
 * @param traceId its name
 * @param kpiCount how many KPIs it calls, at least 1
 * @param settled completes with the record as stored: when no KPI needs a further call, or when the scheduler stops and
 *     KPIs are left pending for another process; of {@link SchedulerWorker#runOnce}, where another process has the job or
 *     it is over, at once with the record as it is. Exceptionally with {@link
 *     io.schedulerworker.port.KvStoreException} if the outcome could not be stored or the lease was lost, with {@link
 *     io.schedulerworker.model.JobRefusedException} if the record of an earlier request is there no more, with {@link
 *     io.schedulerworker.model.FormatException} if somebody made the record unreadable. Whatever is hung on it must not
 *     block
 */
public record JobHandle(TraceId traceId, int kpiCount, CompletionStage<JobRecord> settled) {}
