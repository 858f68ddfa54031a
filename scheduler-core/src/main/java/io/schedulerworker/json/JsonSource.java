package io.schedulerworker.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.schedulerworker.model.JsonText;
import java.io.IOException;

/**
 * A parser that can also hand out the text of the value at which it stands: what is passed on is cut out of the source,
 * to the letter, and never built up in memory.
 */
final class JsonSource extends JsonParserDelegate {
  private final String what;
  private final String text;

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
