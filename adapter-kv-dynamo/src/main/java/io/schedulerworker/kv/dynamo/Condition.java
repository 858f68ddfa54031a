package io.schedulerworker.kv.dynamo;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must hold of the item that is there, for a write to happen: in DynamoDB's notation, with the names of {@link Schema}.
 *
 * @param expression the notation
 * @param values what its placeholders stand for
 */
record Condition(String expression, Map<String, AttributeValue> values) {
  private static final String LIVES = "(attribute_not_exists(#expires) OR #expires > :now)";

  Condition {
    values = Map.copyOf(values);
  }

  /** There is none, or its time is over. */
  static Condition absent(long nowSeconds) {
    return new Condition(
        "attribute_not_exists(#key) OR #expires <= :now",
        Map.of(":now", Schema.number(nowSeconds)));
  }

  /** It is the one that was read: by its text, or by its generation if it is in chunks. A number of ours would miss what others write. */
  static Condition same(Map<String, AttributeValue> item, long nowSeconds) {
    AttributeValue text = item.get(Schema.VALUE);
    return text == null
        ? new Condition(
            "#generation = :old AND attribute_not_exists(#value) AND " + LIVES,
            Map.of(":old", item.get(Schema.GENERATION), ":now", Schema.number(nowSeconds)))
        : new Condition(
            "#value = :old AND " + LIVES, Map.of(":old", text, ":now", Schema.number(nowSeconds)));
  }

  /** Those names of the schema that it uses: DynamoDB refuses others. */
  Map<String, String> names() {
    Map<String, String> used = new HashMap<>();
    Schema.NAMES.forEach((placeholder, name) -> {
      if (expression.contains(placeholder)) {
        used.put(placeholder, name);
      }
    });
    return used;
  }
}
