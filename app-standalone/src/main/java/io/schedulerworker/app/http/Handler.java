package io.schedulerworker.app.http;

import java.util.concurrent.CompletionStage;

/**
 * What a {@link Route} does. A {@link ProblemException} that it throws becomes the answer; anything else is a defect: a
 * 500, and a line in the log. Handlers are called by several threads at a time.
 */
public sealed interface Handler {
  /** A handler that may wait: for a store, for a file. It has a thread of a bounded pool while it does. */
  @FunctionalInterface
  non-sealed interface Blocking extends Handler {
    /**
     * Answers a request.
     *
     * @param request the request, its body complete
     * @return the answer
     * @throws Exception see {@link Handler}
     */
    Response handle(Request request) throws Exception;
  }

  /**
   * A handler that may wait for a store, on a thread of the same pool, and whose answer may take longer still: it is
   * completed later, and no thread is held until then.
   */
  @FunctionalInterface
  non-sealed interface Deferred extends Handler {
    /**
     * Begins to answer a request.
     *
     * @param request the request, its body complete
     * @return the answer, now or later; it may end with a {@link ProblemException}
     * @throws Exception see {@link Handler}
     */
    CompletionStage<Response> handle(Request request) throws Exception;
  }

  /**
   * A handler that never waits, so that it answers whatever the blocking ones hang on. An answer that takes time is
   * completed later; no thread is held until then, and there is no limit on how long that may be.
   */
  @FunctionalInterface
  non-sealed interface Prompt extends Handler {
    /**
     * Begins to answer a request.
     *
     * @param request the request, its body complete
     * @return the answer, now or later; it may end with a {@link ProblemException}
     * @throws Exception see {@link Handler}
     */
    CompletionStage<Response> handle(Request request) throws Exception;
  }
}
