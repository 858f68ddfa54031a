package io.schedulerworker.n8n;

import io.schedulerworker.model.Texts;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What an answer says about the workflow.
 *
 * <p>The phrases are n8n's own, seen in version 1.123: its statuses alone do not tell a workflow that failed from one
 * that never ran.
 */
final class AnswerVerdict {
  private static final String STARTING = "n8n is starting up";
  private static final String NOT_REGISTERED = "not registered";
  private static final String WORKFLOW_FAILED = "Error in workflow";
  private static final String MAY_HAVE_RUN = "There was a problem executing the workflow";
  private static final String CANCELLED = "The execution was cancelled";
  private static final String NO_ITEM = "No item to return was found";

  private final Answer answer;
  private final Wording wording;
  private final InstantSource time;

  AnswerVerdict(Answer answer, Wording wording, InstantSource time) {
    this.answer = answer;
    this.wording = wording;
    this.time = time;
  }

  TriggerOutcome outcome() {
    return switch (answer.status() / 100) {
      case 2 -> success();
      case 3 -> redirect();
      case 4 -> clientError();
      case 5 -> serverError();
      default -> new Unknown(said(""), answer.status());
    };
  }

  private TriggerOutcome success() {
    if (!answer.isHtml()) {
      return new Accepted(answer.status(), wording.withoutSecret(ExecutionId.of(answer.body())));
    }
    if (answer.body().contains(STARTING)) {
      return notNow(Obstacle.STARTING, " with the page it shows while it starts");
    }
    return answer.lost()
        ? new Unknown(said(" with a page that broke off"), answer.status())
        : new Accepted(answer.status());
  }

  private TriggerOutcome redirect() {
    String to = target().map(place -> " to " + place).orElse("");
    String what =
        "answered %d, a redirect%s; redirects are not followed".formatted(answer.status(), to);
    return new Refused(wording.of(what), answer.status());
  }

  /** Scheme and host of the redirect; a path or a query may hold secrets. */
  private Optional<String> target() {
    return answer
        .headers()
        .firstValue("Location")
        .map(wording::redacted)
        .flatMap(AnswerVerdict::place);
  }

  private static Optional<String> place(String location) {
    try {
      URI target = URI.create(location);
      return Optional.ofNullable(target.getHost())
          .map(host -> (target.getScheme() == null ? "" : target.getScheme() + "://") + host)
          .map(place -> Texts.line(place, 100));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private TriggerOutcome clientError() {
    return switch (answer.status()) {
      case 401, 403 -> new Refused(said(", " + keyHint()), answer.status());
      case 404 -> notFound();
      case 408, 425, 429 -> notNow(Obstacle.BUSY, "");
      default -> new Refused(said(""), answer.status());
    };
  }

  private String keyHint() {
    if (wording.hasKey()) {
      return "it may want another key than it was sent, see n8n.api_key (N8N_API_KEY) and n8n.keys";
    }
    return wording.isSigned()
        ? "it may want another signature, or a key: see n8n.signing_secrets, n8n.api_key (N8N_API_KEY) and n8n.keys"
        : "it may want a key, and neither n8n.api_key (N8N_API_KEY) nor n8n.keys has one for it";
  }

  private TriggerOutcome notFound() {
    if (answer.isHtml()) {
      return notNow(Obstacle.STARTING, " with a page, as n8n does while it starts");
    }
    return answer.message().contains(NOT_REGISTERED)
        ? notNow(
            Obstacle.NOT_REGISTERED,
            ", is the workflow active, and its path the one in webhookUrl?")
        : new Refused(said(""), answer.status());
  }

  private TriggerOutcome serverError() {
    return switch (answer.status()) {
      case 500 -> internalError();
      case 503 -> notNow(Obstacle.TROUBLED, "");
      default -> new Unknown(said(""), answer.status());
    };
  }

  private TriggerOutcome internalError() {
    String message = answer.message();
    if (message.contains(WORKFLOW_FAILED)) {
      return new WorkflowFailed(
          said(", the workflow ran and failed; n8n's list of executions says where"),
          answer.status());
    }
    if (message.contains(NO_ITEM)) {
      return unknown(", the workflow ran, but its last node returned no item: let it return one");
    }
    if (message.contains(MAY_HAVE_RUN) || message.contains(CANCELLED)) {
      return unknown(", the workflow may have run: look at n8n's list of executions");
    }
    return answer.lost() ? new Unknown(said(""), answer.status()) : notNow(Obstacle.TROUBLED, "");
  }

  private TriggerOutcome unknown(String more) {
    return new Unknown(said(more), answer.status());
  }

  private TriggerOutcome notNow(Obstacle obstacle, String more) {
    return new NotNow(obstacle, said(more), answer.status(), RetryAfter.of(answer.headers(), time));
  }

  /**
   * The status and what n8n says; of a page nothing, it is not for reading in one line. A message may end in the middle
   * of a secret, so those are hidden before it is looked for.
   */
  private String said(String more) {
    String detail = answer.isHtml() ? "" : JsonMessage.in(wording.redacted(answer.body()));
    return wording.of("answered " + answer.status() + more, detail);
  }
}
