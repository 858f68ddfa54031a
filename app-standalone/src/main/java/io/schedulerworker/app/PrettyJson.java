package io.schedulerworker.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON for eyes. */
final class PrettyJson {
  private static final JsonFactory JSON = new JsonFactory();

  private PrettyJson() {}

  static String of(String compact) {
    StringWriter pretty = new StringWriter();
    try (JsonParser parser = JSON.createParser(compact);
        JsonGenerator generator = JSON.createGenerator(pretty).useDefaultPrettyPrinter()) {
      parser.nextToken();
      generator.copyCurrentStructure(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("formatting JSON", e);
    }
    return pretty.toString();
  }
}
