package io.schedulerworker;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import java.util.concurrent.CompletionStage;

/**
 * A job on its way.
 *
 * @param traceId its name
 * @param kpiCount how many KPIs it calls, at least 1
 * @param settled completes with the record as stored, when no KPI needs a further call, or when the scheduler stops: KPIs
 *     may then be pending, for another process to call. Exceptionally with {@link
 *     io.schedulerworker.port.KvStoreException} if the outcome could not be stored or another process took the job over. Whatever is hung on it must not
 *     block
 */
public record JobHandle(TraceId traceId, int kpiCount, CompletionStage<JobRecord> settled) {}
