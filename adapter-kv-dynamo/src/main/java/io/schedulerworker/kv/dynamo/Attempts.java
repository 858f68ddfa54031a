package io.schedulerworker.kv.dynamo;

import io.schedulerworker.port.Deadline;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Makes calls, and repeats until the deadline what DynamoDB has certainly not done: what it throttled, and reads that failed
 * inside it or whose line broke. A write of which the same is true may have been done, and is not repeated. Waits longer each time, and by chance, so
 * that those who were throttled together do not come back together.
 */
final class Attempts {
  private static final Duration FIRST_WAIT = Duration.ofMillis(25);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** A write that is certainly not done is better than one of which nobody knows. */
  private static final Duration LEAST_FOR_A_TRY = Duration.ofMillis(50);

  private final LazyClient client;
  private final Failures failures;

  Attempts(LazyClient client, Failures failures) {
    this.client = client;
    this.failures = failures;
  }

  /** Whether a call changes anything. */
  enum Effect {
    READS,
    WRITES
  }

  /** Conditions that do not hold come out as the client's own exceptions, everything else as the port's. */
  <T> T call(
      String about,
      Effect effect,
      Deadline deadline,
      BiFunction<DynamoDbClient, AwsRequestOverrideConfiguration, T> call) {
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return once(about, deadline, call);
      } catch (ConditionalCheckFailedException e) {
        throw e;
      } catch (TransactionCanceledException e) {
        if (!Failures.isPassing(e)) {
          throw e;
        }
        pause(about, wait, deadline, e);
      } catch (SdkException e) {
        if (!Failures.mayBeRepeated(e, effect)) {
          throw failures.of(about, e, effect);
        }
        pause(about, wait, deadline, e);
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private <T> T once(
      String about,
      Deadline deadline,
      BiFunction<DynamoDbClient, AwsRequestOverrideConfiguration, T> call) {
    Duration left = deadline.remaining();
    if (left.isZero()) {
      throw failures.unavailable(about, "the deadline is over", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw failures.unavailable(about, "the thread is interrupted", null);
    }
    AwsRequestOverrideConfiguration limits =
        AwsRequestOverrideConfiguration.builder().apiCallTimeout(left).build();
    return call.apply(client.get(), limits);
  }

  private void pause(String about, Duration wait, Deadline deadline, SdkException cause) {
    long millis = ThreadLocalRandom.current().nextLong(wait.toMillis()) + 1;
    if (deadline.remaining().toMillis() <= millis + LEAST_FOR_A_TRY.toMillis()) {
      throw failures.unavailable(about, String.valueOf(cause.getMessage()), cause);
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failures.unavailable(about, "the thread is interrupted", e);
    }
  }
}
