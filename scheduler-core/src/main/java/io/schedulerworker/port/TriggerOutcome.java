package io.schedulerworker.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt, in the terms that decide whether there will be another. */
public sealed interface TriggerOutcome {
  /**
   * The HTTP status, for the record.
   *
   * @return null if there was no answer
   */
  @Nullable
  Integer httpStatus();

  /**
   * What happened, for a person.
   *
   * @return one line, without secrets, at most some hundred characters
   */
  String reason();

  /**
   * The workflow was started, or is done where the webhook answers at its end.
   *
   * @param httpStatus of the answer
   */
  record Accepted(Integer httpStatus) implements TriggerOutcome {
    @Override
    public String reason() {
      return "accepted with " + httpStatus;
    }
  }

  /**
   * The workflow was not started and will not be, however often it is tried.
   *
   * @param reason why
   * @param httpStatus of the answer; null if the request could not be sent at all
   */
  record Refused(String reason, @Nullable Integer httpStatus) implements TriggerOutcome {}

  /**
   * The workflow was started, ran and failed.
   *
   * @param reason what n8n says of it
   * @param httpStatus of the answer
   */
  record WorkflowFailed(String reason, Integer httpStatus) implements TriggerOutcome {}

  /**
   * The workflow was not started, but may be later: nothing was sent, or the server said so. Safe to repeat.
   *
   * @param obstacle what is in the way
   * @param reason why
   * @param httpStatus of the answer; null if nothing was sent
   * @param retryAfter how long the server asks to be left alone, by all calls to it; null if it did not say
   */
  record NotNow(
      Obstacle obstacle,
      String reason,
      @Nullable Integer httpStatus,
      @Nullable Duration retryAfter) implements TriggerOutcome {}

  /**
   * The request may have arrived and the workflow may run. Repeating it may run it twice.
   *
   * @param reason why nobody knows
   * @param httpStatus of the answer; null without one
   */
  record Unknown(String reason, @Nullable Integer httpStatus) implements TriggerOutcome {}

  /** What keeps a workflow from being started now. */
  enum Obstacle {
    /** No connection; nothing was sent. */
    UNREACHABLE,
    /** The server has too much to do, or something in it is broken for the moment. */
    BUSY,
    /** n8n does not know the webhook, as it does while it starts or after it lost an active workflow. */
    NOT_REGISTERED,
    /** n8n is starting. */
    STARTING
  }
}
