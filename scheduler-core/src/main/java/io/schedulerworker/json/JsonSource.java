package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.schedulerworker.model.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A parser that can also hand out the text of the value at which it stands: what is passed on is cut out of the source,
 * to the letter, and never built up in memory.
 */
final class JsonSource extends JsonParserDelegate {
  private final String what;
  private final String text;
  private @Nullable Supplier<String> part;
  private @Nullable String lastInstantText;
  private Instant lastInstant = Instant.EPOCH;
  private String lastShared = "";

  /** A parser of a text; {@code what} names the document in errors. */
  JsonSource(String what, JsonParser parser, String text) {
    super(parser);
    this.what = what;
    this.text = text;
  }

  /** The document's name for people, for example {@code the job record}. */
  String what() {
    return what;
  }

  /**
   * What is read from now on belongs to a part of the document.
   *
   * @param name to be put before the names of members in errors, for example {@code kpis["a"].}
   */
  void enter(Supplier<String> name) {
    part = name;
  }

  /** The part is over. */
  void leave() {
    part = null;
  }

  /** A member of the part in which the parser stands, for errors. */
  String place(String member) {
    return part == null ? member : part.get() + member;
  }

  /**
   * A text of the document as an instant. A record has the same one many times in a row, and to read it takes long.
   *
   * @throws java.time.DateTimeException if it is none
   */
  Instant instant(String instantText) {
    if (!instantText.equals(lastInstantText)) {
      lastInstant = Instant.parse(instantText);
      lastInstantText = instantText;
    }
    return lastInstant;
  }

  /** The same text as the last one, if they are equal: what thousands of elements have alike is in memory once. */
  String shared(String read) {
    if (!read.equals(lastShared)) {
      lastShared = read;
    }
    return lastShared;
  }

  /** Where the value begins at which the parser stands. */
  int valueStart() {
    return Math.toIntExact(currentTokenLocation().getCharOffset());
  }

  /** The value at which the parser stands; it is passed over. */
  JsonText value() throws IOException {
    int start = valueStart();
    skipChildren();
    return between(start, valueEnd());
  }

  /** Where the value ends that has just been read. */
  int valueEnd() throws IOException {
    finishToken();
    return Math.toIntExact(currentLocation().getCharOffset());
  }

  /** The value with these ends. */
  JsonText between(int start, int end) {
    return new JsonText(text.substring(start, end));
  }
}
