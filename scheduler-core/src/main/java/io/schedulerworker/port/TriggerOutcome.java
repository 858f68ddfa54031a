package io.schedulerworker.port;

import java.time.Duration;
import java.util.Locale;
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
   * One word for it, out of a few: for metrics and spans.
   *
   * @return {@code accepted}, {@code refused}, {@code workflow_failed}, {@code unknown}, or the {@linkplain Obstacle
   *     obstacle} in small letters
   */
  String kind();

  /**
   * The workflow was started, or is done where the webhook answers at its end.
   *
   * @param httpStatus of the answer
   * @param executionId what n8n calls this run of the workflow, if the workflow answers with it; null if not. At most
   *     100 printable characters
   */
  record Accepted(Integer httpStatus, @Nullable String executionId) implements TriggerOutcome {
    /**
     * Accepted by a server that does not say under which id.
     *
     * @param httpStatus of the answer
     */
    public Accepted(Integer httpStatus) {
      this(httpStatus, null);
    }

    @Override
    public String reason() {
      return "accepted with " + httpStatus;
    }

    @Override
    public String kind() {
      return "accepted";
    }
  }

  /**
   * The workflow was not started and will not be, however often it is tried.
   *
   * @param reason why
   * @param httpStatus of the answer; null if the request could not be sent at all
   */
  record Refused(String reason, @Nullable Integer httpStatus) implements TriggerOutcome {
    @Override
    public String kind() {
      return "refused";
    }
  }

  /**
   * The workflow was started, ran and failed.
   *
   * @param reason what n8n says of it
   * @param httpStatus of the answer
   */
  record WorkflowFailed(String reason, Integer httpStatus) implements TriggerOutcome {
    @Override
    public String kind() {
      return "workflow_failed";
    }
  }

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
      @Nullable Duration retryAfter) implements TriggerOutcome {
    @Override
    public String kind() {
      return obstacle.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The request may have arrived and the workflow may run. Repeating it may run it twice.
   *
   * @param reason why nobody knows
   * @param httpStatus of the answer; null without one
   */
  record Unknown(String reason, @Nullable Integer httpStatus) implements TriggerOutcome {
    @Override
    public String kind() {
      return "unknown";
    }
  }

  /** What keeps a workflow from being started now. */
  enum Obstacle {
    /** No connection; nothing was sent. */
    UNREACHABLE,
    /** The server has too much to do for the moment. */
    BUSY,
    /** Something in the server is broken for the moment. */
    TROUBLED,
    /** n8n does not know the webhook, as it does while it starts or after it lost an active workflow. */
    NOT_REGISTERED,
    /** n8n is starting. */
    STARTING,
    /**
     * Nothing was sent, because too many of the last calls to the host failed; {@code retryAfter} says when it is worth
     * trying. The core takes such a call for not made, and then makes one at a time until one is answered.
     */
    CIRCUIT_OPEN
  }
}
