package io.schedulerworker.kv.dynamo;

import io.schedulerworker.kv.dynamo.Attempts.Effect;
import io.schedulerworker.port.Deadline;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The calls to one table, each within a deadline. A condition that does not hold is an answer, no failure. */
final class Table {
  private final String name;
  private final Attempts attempts;

  Table(String name, Attempts attempts) {
    this.name = name;
    this.attempts = attempts;
  }

  String name() {
    return name;
  }

  /** As it is now, after every write that returned. */
  Optional<Map<String, AttributeValue>> get(
      Map<String, AttributeValue> id, String about, Deadline deadline) {
    Map<String, AttributeValue> item = attempts
        .call(
            about,
            Effect.READS,
            deadline,
            (dynamo, limits) -> dynamo.getItem(GetItemRequest.builder()
                .tableName(name)
                .key(id)
                .consistentRead(true)
                .overrideConfiguration(limits)
                .build()))
        .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(item);
  }

  /** Writes an item, and says what was there; empty if the condition does not hold. */
  Optional<Map<String, AttributeValue>> put(
      Map<String, AttributeValue> item,
      @Nullable Condition condition,
      String about,
      Deadline deadline) {
    PutItemRequest.Builder request =
        PutItemRequest.builder().tableName(name).item(item).returnValues(ReturnValue.ALL_OLD);
    if (condition != null) {
      request
          .conditionExpression(condition.expression())
          .expressionAttributeNames(condition.names())
          .expressionAttributeValues(condition.values());
    }
    try {
      return Optional.of(attempts
          .call(
              about,
              Effect.WRITES,
              deadline,
              (dynamo, limits) ->
                  dynamo.putItem(request.overrideConfiguration(limits).build()))
          .attributes());
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  /** Deletes an item, and says what was there; empty if the condition does not hold. */
  Optional<Map<String, AttributeValue>> delete(
      Map<String, AttributeValue> id,
      @Nullable Condition condition,
      String about,
      Deadline deadline) {
    DeleteItemRequest.Builder request =
        DeleteItemRequest.builder().tableName(name).key(id).returnValues(ReturnValue.ALL_OLD);
    if (condition != null) {
      request
          .conditionExpression(condition.expression())
          .expressionAttributeNames(condition.names())
          .expressionAttributeValues(condition.values());
    }
    try {
      return Optional.of(attempts
          .call(
              about,
              Effect.WRITES,
              deadline,
              (dynamo, limits) ->
                  dynamo.deleteItem(request.overrideConfiguration(limits).build()))
          .attributes());
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  /** Changes an item; false if the condition in the request does not hold. */
  boolean update(UpdateItemRequest.Builder request, String about, Deadline deadline) {
    try {
      attempts.call(
          about,
          Effect.WRITES,
          deadline,
          (dynamo, limits) -> dynamo.updateItem(
              request.tableName(name).overrideConfiguration(limits).build()));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /** All writes of a request or none; conditions that do not hold come out as the client's own exception. */
  void transact(TransactWriteItemsRequest.Builder request, String about, Deadline deadline) {
    attempts.call(
        about,
        Effect.WRITES,
        deadline,
        (dynamo, limits) ->
            dynamo.transactWriteItems(request.overrideConfiguration(limits).build()));
  }

  QueryResponse query(QueryRequest.Builder request, String about, Deadline deadline) {
    return attempts.call(
        about,
        Effect.READS,
        deadline,
        (dynamo, limits) -> dynamo.query(request
            .tableName(name)
            .consistentRead(true)
            .overrideConfiguration(limits)
            .build()));
  }
}
