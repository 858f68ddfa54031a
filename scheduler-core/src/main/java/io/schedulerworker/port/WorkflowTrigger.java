package io.schedulerworker.port;

import java.util.concurrent.CompletionStage;

/**
 * Starts workflows. One call is one attempt: whether there is another, and when, the core decides.
 *
 * <p>Implementations are thread-safe, never block the caller, and keep no queue of their own: an attempt starts when it
 * is asked for, and its timeout with it. Every stage completes in bounded time, normally, with the outcome. A stage that
 * completes exceptionally and a call that throws are defects of the adapter; the core takes them for an unknown outcome.
 * Stages may complete on any thread, also within the call.
 */
public interface WorkflowTrigger extends AutoCloseable {
  /**
   * Makes one attempt to start one workflow.
   *
   * @param request what to start
   * @return the outcome
   */
  CompletionStage<TriggerOutcome> trigger(TriggerRequest request);

  /** Frees what was opened; attempts in flight may end with an unknown outcome. May be called again. */
  @Override
  void close();
}
