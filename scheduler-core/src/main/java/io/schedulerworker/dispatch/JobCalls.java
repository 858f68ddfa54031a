package io.schedulerworker.dispatch;

import io.schedulerworker.model.CompletionMode;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The calls of one job.
 *
 * @param traceId the job
 * @param kpis whom to call, each once
 * @param completion what a 2xx answer means
 * @param request makes what is sent to a KPI; asked once for each, when its first attempt begins
 * @param admission lets every attempt pass, or does not
 * @param settled takes each KPI's run when it needs no further call; called on many threads
 * @param left takes each KPI that is not called any more, and stays as it was; called on many threads
 */
public record JobCalls(
    TraceId traceId,
    List<Kpi> kpis,
    CompletionMode completion,
    Function<Kpi, TriggerRequest> request,
    Admission admission,
    Consumer<KpiRun> settled,
    Consumer<Kpi> left) {}
