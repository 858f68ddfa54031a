package io.schedulerworker.app.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, as RFC 9457 has it. Immutable.
 *
 * @param type a URI that names the kind of problem; {@code about:blank}: the status says it all
 * @param title the kind of problem in words
 * @param status the HTTP status, from 400 to 599
 * @param detail this occurrence in words: what, where, what to do
 * @param members further members, in their order: texts, numbers, truth values, collections and maps of those
 */
public record Problem(
    String type, String title, int status, String detail, Map<String, Object> members) {
  private static final String MEDIA_TYPE = "application/problem+json";
  private static final Set<String> OWN = Set.of("type", "title", "status", "detail", "instance");
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Copies the members and checks the values.
   *
   * @param type as above
   * @param title as above
   * @param status as above
   * @param detail as above
   * @param members as above
   * @throws IllegalArgumentException if the status is no error or a member has a name of RFC 9457's own
   */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("no status of an error: " + status);
    }
    if (!Collections.disjoint(members.keySet(), OWN)) {
      throw new IllegalArgumentException("a member has a name of the format's own: " + members);
    }
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * A problem of no kind but its status.
   *
   * @param status the HTTP status, from 400 to 599
   * @param detail this occurrence in words
   * @return a problem of type {@code about:blank}
   */
  public static Problem of(int status, String detail) {
    return new Problem("about:blank", Errors.phrase(status), status, detail, Map.of());
  }

  /**
   * The same problem with a further member.
   *
   * @param name the member's name
   * @param value a text, a number, a truth value, a collection or a map of those
   * @return a new problem
   */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(type, title, status, detail, more);
  }

  /**
   * The problem as an answer.
   *
   * @return an answer of type {@code application/problem+json}
   */
  public Response toResponse() {
    return Response.of(status, MEDIA_TYPE, json());
  }

  private byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", type);
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      for (Map.Entry<String, Object> member : members.entrySet()) {
        json.writeFieldName(member.getKey());
        write(json, member.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Collection<?> elements) {
      json.writeStartArray();
      for (Object element : elements) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        json.writeFieldName(String.valueOf(member.getKey()));
        write(json, member.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeObject(value);
    }
  }
}
