package io.schedulerworker.kv.dynamo;

import io.schedulerworker.kv.dynamo.Attempts.Effect;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Says what a failure of the client means. */
final class Failures {
  private static final int LONGEST = 200;

  /** Refused before anything was done; later it may be done. */
  private static final Set<String> THROTTLED = Set.of(
      "ProvisionedThroughputExceededException",
      "ProvisionedThroughputExceeded",
      "ThrottlingException",
      "ThrottlingError",
      "ThrottledException",
      "RequestLimitExceeded",
      "TransactionConflictException",
      "TransactionConflict",
      "TransactionInProgressException");

  private final String store;

  Failures(String store) {
    this.store = store;
  }

  static boolean mayBeRepeated(SdkException e, Effect effect) {
    if (!(e instanceof AwsServiceException answer)) {
      return effect == Effect.READS && isBrokenLine(e);
    }
    return isThrottled(answer) || (answer.statusCode() >= 500 && effect == Effect.READS);
  }

  /** A line that was kept from the call before, and that the server or the network has closed since, is found out by use. */
  private static boolean isBrokenLine(SdkException e) {
    return has(e, IOException.class)
        && !isWithoutLine(e)
        && !has(e, InterruptedIOException.class)
        && !has(e, SSLException.class)
        && wrongSetUp(e).isEmpty();
  }

  private static boolean isWithoutLine(SdkException e) {
    return has(e, ConnectException.class)
        || has(e, UnknownHostException.class)
        || has(e, NoRouteToHostException.class);
  }

  private static boolean isThrottled(AwsServiceException answer) {
    return THROTTLED.contains(code(answer));
  }

  /** Whether a transaction did not happen only because others were at its items, or too many. */
  static boolean isPassing(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
            .map(CancellationReason::code)
            .noneMatch("ConditionalCheckFailed"::equals)
        && e.cancellationReasons().stream()
            .map(CancellationReason::code)
            .anyMatch(THROTTLED::contains);
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  KvStoreException of(String about, SdkException e, Effect effect) {
    if (e instanceof ResourceNotFoundException) {
      return exception(
          Kind.REJECTED,
          about,
          "there is no such table; 'scheduler-worker stores create' makes it",
          e);
    }
    return e instanceof AwsServiceException answer
        ? answered(about, answer, effect)
        : unanswered(about, e, effect);
  }

  private KvStoreException answered(String about, AwsServiceException answer, Effect effect) {
    if (answer.statusCode() < 500 && code(answer).isEmpty()) {
      // Mostly a refusal that the deadline has cut the client off from: of what kind, nobody knows.
      return exception(
          Kind.UNAVAILABLE,
          about,
          "refused with " + answer.statusCode() + ", without a reason",
          answer);
    }
    // For users: what goes by the name of an exception looks like a defect of ours.
    String reason = code(answer).replaceFirst("Exception$", "") + ": "
        + (answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorMessage());
    if (isThrottled(answer)) {
      return exception(Kind.UNAVAILABLE, about, reason, answer);
    }
    if (answer.statusCode() >= 500) {
      return exception(
          effect == Effect.WRITES ? Kind.OUTCOME_UNKNOWN : Kind.UNAVAILABLE, about, reason, answer);
    }
    return exception(Kind.REJECTED, about, reason, answer);
  }

  private KvStoreException unanswered(String about, SdkException e, Effect effect) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
    }
    Optional<String> setUp = wrongSetUp(e);
    if (setUp.isPresent()) {
      return exception(Kind.REJECTED, about, setUp.get(), e);
    }
    Kind kind =
        !isWithoutLine(e) && effect == Effect.WRITES ? Kind.OUTCOME_UNKNOWN : Kind.UNAVAILABLE;
    return exception(kind, about, String.valueOf(e.getMessage()), e);
  }

  /** What to do about credentials or a region that are missing: the client has no types for them. */
  private static Optional<String> wrongSetUp(SdkException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials")) {
      return Optional.of(
          "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role");
    }
    return message.contains("Unable to load region")
        ? Optional.of("no region; add ?region= to the store's URI, or set AWS_REGION")
        : Optional.empty();
  }

  private static boolean has(Throwable e, Class<? extends Throwable> kind) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** What is there cannot be used. */
  KvStoreException rejected(String about, String reason) {
    return exception(Kind.REJECTED, about, reason, null);
  }

  /** Nothing was written. */
  KvStoreException unavailable(String about, String reason, @Nullable Throwable cause) {
    return exception(Kind.UNAVAILABLE, about, reason, cause);
  }

  private KvStoreException exception(
      Kind kind, String about, String reason, @Nullable Throwable cause) {
    return new KvStoreException(
        kind, store + ": " + about + ": " + Texts.line(reason, LONGEST), cause);
  }
}
