package io.schedulerworker.kv.dynamo;

import io.schedulerworker.kv.dynamo.Attempts.Effect;
import io.schedulerworker.port.Deadline;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Makes the table that a store is in: paid by request, with the time to live that clears away what has expired. */
final class TableMaker {
  private static final String ABOUT = "making the table";

  private final String table;
  private final Attempts attempts;
  private final Failures failures;

  TableMaker(String table, Attempts attempts, Failures failures) {
    this.table = table;
    this.attempts = attempts;
    this.failures = failures;
  }

  /** What was made; empty if all is there. */
  Optional<String> make(Deadline deadline) {
    boolean made = status(deadline).isEmpty() && create(deadline);
    awaitActive(deadline);
    boolean enabled = enableTimeToLive(deadline);
    if (made) {
      return Optional.of("made the table " + table);
    }
    return enabled
        ? Optional.of("enabled the time to live of the table " + table)
        : Optional.empty();
  }

  private Optional<TableStatus> status(Deadline deadline) {
    return attempts.call(
        ABOUT, Effect.READS, deadline, (dynamo, limits) -> describe(dynamo, limits));
  }

  private Optional<TableStatus> describe(
      DynamoDbClient dynamo, AwsRequestOverrideConfiguration limits) {
    try {
      return Optional.of(dynamo
          .describeTable(request -> request.tableName(table).overrideConfiguration(limits))
          .table()
          .tableStatus());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** False if another was faster. */
  private boolean create(Deadline deadline) {
    CreateTableRequest.Builder request = CreateTableRequest.builder()
        .tableName(table)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(text(Schema.NAMESPACE), text(Schema.KEY))
        .keySchema(part(Schema.NAMESPACE, KeyType.HASH), part(Schema.KEY, KeyType.RANGE));
    return attempts.call(ABOUT, Effect.WRITES, deadline, (dynamo, limits) -> {
      try {
        return dynamo.createTable(request.overrideConfiguration(limits).build()).tableDescription()
            != null;
      } catch (ResourceInUseException e) {
        return false;
      }
    });
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement part(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private void awaitActive(Deadline deadline) {
    while (!status(deadline).equals(Optional.of(TableStatus.ACTIVE))) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failures.unavailable(ABOUT, "the thread is interrupted", e);
      }
    }
  }

  /** False if it is enabled already. */
  private boolean enableTimeToLive(Deadline deadline) {
    TimeToLiveStatus status = attempts.call(
        ABOUT,
        Effect.READS,
        deadline,
        (dynamo, limits) -> dynamo
            .describeTimeToLive(request -> request.tableName(table).overrideConfiguration(limits))
            .timeToLiveDescription()
            .timeToLiveStatus());
    if (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING) {
      return false;
    }
    return attempts.call(
        ABOUT,
        Effect.WRITES,
        deadline,
        (dynamo, limits) -> dynamo
                .updateTimeToLive(request -> request
                    .tableName(table)
                    .timeToLiveSpecification(
                        life -> life.attributeName(Schema.EXPIRES).enabled(true))
                    .overrideConfiguration(limits))
                .timeToLiveSpecification()
            != null);
  }
}
