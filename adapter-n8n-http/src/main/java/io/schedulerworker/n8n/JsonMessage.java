package io.schedulerworker.n8n;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code message} of n8n's JSON errors, {@code {"code":404,"message":"…","hint":"…"}}.
 *
 * <p>No parser: it is for a person to read and to be searched for n8n's own phrases. Where several fields of the name
 * stand, at whatever depth, the first counts.
 */
final class JsonMessage {
  private static final Pattern START = Pattern.compile("\"message\"\\s*+:\\s*+\"");
  private static final int MOST = 1000;

  private JsonMessage() {}

  /** The message, or its first part; empty if the text is no JSON object or has none. */
  static Optional<String> of(String body) {
    Matcher start = START.matcher(body);
    return body.stripLeading().startsWith("{") && start.find()
        ? Optional.of(unescape(body, start.end()))
        : Optional.empty();
  }

  /** The message, or its first part; the whole text if that has none. */
  static String in(String body) {
    return of(body).orElse(body);
  }

  private static String unescape(String body, int from) {
    StringBuilder message = new StringBuilder();
    int at = from;
    while (at < body.length() && body.charAt(at) != '"' && message.length() < MOST) {
      at = body.charAt(at) == '\\'
          ? appendEscaped(message, body, at + 1)
          : append(message, body, at);
    }
    return message.toString();
  }

  private static int append(StringBuilder message, String body, int at) {
    message.append(body.charAt(at));
    return at + 1;
  }

  private static int appendEscaped(StringBuilder message, String body, int at) {
    if (at >= body.length()) {
      return at;
    }
    return switch (body.charAt(at)) {
      case 'u' -> appendUnicode(message, body, at + 1);
      case 'n', 'r', 't', 'b', 'f' -> {
        message.append(' ');
        yield at + 1;
      }
      default -> append(message, body, at);
    };
  }

  private static int appendUnicode(StringBuilder message, String body, int at) {
    int end = Math.min(at + 4, body.length());
    try {
      message.append((char) Integer.parseInt(body.substring(at, end), 16));
    } catch (NumberFormatException e) {
      message.append('?');
    }
    return end;
  }
}
