package io.schedulerworker.app.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A kind of value.
 *
 * @param <T> what it is read as
 * @param allowed what it may be, in words that follow "expected"
 * @param reader reads a value of the file, or the text of a variable or a flag; for what is not allowed an {@link
 *     IllegalArgumentException}, whose message, if any, says more than {@code allowed} does
 */
record ValueType<T>(String allowed, Function<JsonNode, T> reader) {
  T read(JsonNode value) {
    return reader.apply(value);
  }
}
