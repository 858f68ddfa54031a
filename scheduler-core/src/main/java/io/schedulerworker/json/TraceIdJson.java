package io.schedulerworker.json;

import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.TraceId;
import java.io.IOException;

/** A trace id as JSON. */
final class TraceIdJson {
  private TraceIdJson() {}

  static TraceId read(JsonSource parser, String place) throws IOException {
    try {
      return new TraceId(Members.string(parser, place));
    } catch (IllegalArgumentException e) {
      throw new FormatException(parser.what() + "'s " + place + ": " + e.getMessage());
    }
  }
}
