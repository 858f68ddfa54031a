package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonToken;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Texts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads typed members of a document; {@code place} names the member in errors. */
final class Members {
  private Members() {}

  static void object(JsonSource parser, String place, Json.Member member) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(parser, place, "an object");
    }
    Json.members(parser, member);
  }

  /** Reads the members of the outermost object. */
  static void document(JsonSource parser, Json.Member member) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new FormatException(parser.what() + " must be an object");
    }
    Json.members(parser, member);
  }

  /** Calls back at each element of a list. */
  static void array(JsonSource parser, String place, Element element) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(parser, place, "a list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  static boolean truth(JsonSource parser, String place) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong(parser, place, "true or false");
    };
  }

  static String string(JsonSource parser, String place) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(parser, place, "a string");
    }
    return parser.getText();
  }

  static @Nullable String stringOrNull(JsonSource parser, String place) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : string(parser, place);
  }

  static Instant instant(JsonSource parser, String place) throws IOException {
    String text = string(parser, place);
    try {
      return parser.instant(text);
    } catch (DateTimeException e) {
      throw wrong(parser, place, "an instant like 2025-08-14T12:00:00Z, not " + Texts.quote(text));
    }
  }

  static @Nullable Instant instantOrNull(JsonSource parser, String place) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : instant(parser, place);
  }

  static long number(JsonSource parser, String place) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(parser, place, "a whole number");
    }
    return parser.getLongValue();
  }

  static int integer(JsonSource parser, String place) throws IOException {
    long value = number(parser, place);
    if (value != (int) value) {
      throw wrong(parser, place, "a number of at most 9 digits");
    }
    return (int) value;
  }

  static <E extends Enum<E>> E oneOf(
      JsonSource parser, String place, E[] values, Function<E, String> name) throws IOException {
    String text = string(parser, place);
    for (E value : values) {
      if (name.apply(value).equals(text)) {
        return value;
      }
    }
    throw wrong(parser, place, "a known one, not " + Texts.quote(text));
  }

  static <T> T required(@Nullable T value, String what, String place) {
    if (value == null) {
      throw new FormatException(what + " lacks " + place);
    }
    return value;
  }

  /** Like the other one, naming document and part as the parser knows them. */
  static <T> T required(JsonSource parser, @Nullable T value, String place) {
    if (value == null) {
      throw new FormatException(parser.what() + " lacks " + parser.place(place));
    }
    return value;
  }

  private static FormatException wrong(JsonSource parser, String place, String expected) {
    return new FormatException(
        parser.what() + "'s " + parser.place(place) + " must be " + expected);
  }

  /** Takes one element of a list; the parser stands at its beginning. */
  @FunctionalInterface
  interface Element {
    void read() throws IOException;
  }
}
