package io.schedulerworker.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JsonText;
import io.schedulerworker.model.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How JSON texts are read and written here: bounded, and with errors that say where. */
final class Json {
  /** The greatest text that is read, in characters: the greatest value of a store. */
  static final int MOST_CHARACTERS = 64 << 20;

  private static final int DEEPEST = StreamReadConstraints.DEFAULT_MAX_DEPTH;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Where the parser saw something begin, in its own notation. */
  private static final Pattern BEGIN = Pattern.compile(
      "\\((?:start marker at|for \\w+ starting at) \\[.*line: (\\d+), column: (\\d+)]\\)");

  private static final JsonFactory FORMAT = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEEPEST)
          .maxStringLength(MOST_CHARACTERS)
          .build())
      // Names are KPI ids, unbounded in number: interning them only fills the JVM's table.
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      // For the same reason there is no table of them, which would stay when the document is gone.
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .build();

  private Json() {}

  /** Reads one document; {@code what} names it in errors. */
  static <T> T read(String what, String text, Reading<T> reading) {
    return read(FORMAT, what, text, reading);
  }

  /** Reads one document whose members have the same few names thousands of times: each is in memory once. */
  static <T> T readAlike(String what, String text, Reading<T> reading) {
    // Where names collide, on purpose or not, the table of names is given up, not the document.
    JsonFactory withTable = FORMAT
        .rebuild()
        .enable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
    return read(withTable, what, text, reading);
  }

  private static <T> T read(JsonFactory format, String what, String text, Reading<T> reading) {
    if (text.length() > MOST_CHARACTERS) {
      throw new FormatException(what + " is larger than 64 MB");
    }
    String document = withoutByteOrderMark(text);
    try (JsonSource parser = new JsonSource(what, format.createParser(document), document)) {
      parser.nextToken();
      T result = reading.read(parser);
      if (parser.nextToken() != null) {
        throw FormatException.malformed(
            what + " goes on after its end, at " + place(parser.currentTokenLocation()));
      }
      return result;
    } catch (JacksonException e) {
      throw FormatException.malformed(what + " is not valid JSON" + problem(e));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Reads the members of the object at which the parser stands, to its end. */
  static void members(JsonSource parser, Member member) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name);
    }
  }

  /** A small value as a tree. */
  static JsonNode node(JsonText text) throws IOException {
    return Trees.READER.readTree(text.text());
  }

  /**
   * Writes one document. Half a character, which JSON can say as an escape and no store can keep as it is, stays an
   * escape.
   */
  static String write(int expectedCharacters, Writing writing) {
    JsonTextWriter text = new JsonTextWriter(expectedCharacters);
    try (JsonGenerator generator = FORMAT.createGenerator(text)) {
      writing.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.text();
  }

  static void write(JsonGenerator generator, Extras extras) throws IOException {
    if (extras.fields().isEmpty()) {
      return;
    }
    for (Map.Entry<String, JsonText> field : extras.fields().entrySet()) {
      generator.writeFieldName(field.getKey());
      generator.writeRawValue(field.getValue().text());
    }
  }

  /** Writes a member whose name needs no escaping any more; null is a value of its own. */
  static void write(JsonGenerator generator, SerializableString name, @Nullable String value)
      throws IOException {
    generator.writeFieldName(name);
    generator.writeString(value);
  }

  /** Writes a member of which nothing needs escaping any more. */
  static void write(JsonGenerator generator, SerializableString name, SerializableString value)
      throws IOException {
    generator.writeFieldName(name);
    generator.writeString(value);
  }

  static Extras extras(Map<String, JsonText> fields) {
    return fields.isEmpty() ? Extras.NONE : new Extras(fields);
  }

  static Map<String, JsonText> newFields() {
    return new LinkedHashMap<>();
  }

  /** The kind of value at which the parser stands, as a person would name it. */
  static String kind(JsonSource parser) {
    return switch (parser.currentToken()) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> "null";
      default -> "no value";
    };
  }

  private static String withoutByteOrderMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static String problem(JacksonException e) {
    String where = e.getLocation() == null ? "" : " at " + place(e.getLocation());
    return where + ": " + reason(e);
  }

  private static String reason(JacksonException e) {
    String message = BEGIN
        .matcher(String.valueOf(e.getOriginalMessage()))
        .replaceAll("(it begins at line $1, column $2)");
    if (e instanceof StreamConstraintsException && message.contains("nesting depth")) {
      return "nested more than " + DEEPEST + " levels deep";
    }
    return Texts.line(message, 160);
  }

  private static String place(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** For the few values that are read as trees: a job of plain KPIs begins without what this loads. */
  private static final class Trees {
    static final ObjectReader READER = JsonMapper.builder(FORMAT).build().readerFor(JsonNode.class);
  }

  /** Makes a value of a document. */
  @FunctionalInterface
  interface Reading<T> {
    T read(JsonSource parser) throws IOException;
  }

  /** Takes one member of an object; the parser stands at its value. */
  @FunctionalInterface
  interface Member {
    void read(String name) throws IOException;
  }

  /** Writes a document. */
  @FunctionalInterface
  interface Writing {
    void write(JsonGenerator generator) throws IOException;
  }
}
