package io.schedulerworker.kv.dynamo;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an item looks like. Under a namespace: the values, each with its text or, if that is too large for one item, with the
 * generation of the chunks that have it. Beside it two partitions that no namespace can be: the chunks, and which generations
 * there are.
 */
final class Schema {
  static final String NAMESPACE = "namespace";
  static final String KEY = "key";
  static final String VALUE = "value";

  /** In seconds since 1970, as DynamoDB's time to live wants it. */
  static final String EXPIRES = "expires";

  static final String GENERATION = "generation";
  static final String CHUNKS = "chunks";
  static final String DIGEST = "digest";
  static final String SIZE = "size";
  static final String BYTES = "bytes";
  static final String MADE = "made";
  static final String CONDEMNED = "condemned";
  static final String OF = "of";

  /** Names in expressions: some are reserved words, so all have one. */
  static final Map<String, String> NAMES = Map.of(
      "#namespace",
      NAMESPACE,
      "#key",
      KEY,
      "#value",
      VALUE,
      "#expires",
      EXPIRES,
      "#generation",
      GENERATION);

  private Schema() {}

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue number(long number) {
    return AttributeValue.fromN(String.valueOf(number));
  }

  static long numberIn(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(in(item, name).n());
  }

  static String textIn(Map<String, AttributeValue> item, String name) {
    return in(item, name).s();
  }

  /** An attribute that the item is known to have. */
  static AttributeValue in(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  static Map<String, AttributeValue> id(String namespace, String key) {
    return Map.of(NAMESPACE, text(namespace), KEY, text(key));
  }

  static String chunksOf(String namespace) {
    return namespace + "#chunks";
  }

  static String generationsOf(String namespace) {
    return namespace + "#generations";
  }
}
