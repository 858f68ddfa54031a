package io.schedulerworker.app.http;

import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** What is said where no handler had its say. It repeats nothing of what a client sent. */
final class Errors {
  private static final Map<Integer, String> DETAILS = Map.of(
      400, "the request is not valid HTTP",
      408, "the request came too slowly",
      414, "the request target is too long",
      417, "the Expect header asks for what is not offered",
      431, "the head of the request is larger than 16 KiB",
      500, "the request failed on the server's side; its log says more",
      505, "only HTTP/1.1 and HTTP/1.0 are spoken here");

  private Errors() {}

  static Problem of(int status) {
    return Problem.of(status, DETAILS.getOrDefault(status, phrase(status)));
  }

  static Problem tooLarge(int limit) {
    return Problem.of(413, "the body is larger than " + limit + " bytes, the limit of this path");
  }

  static Response busy(String detail) {
    return Problem.of(503, detail).toResponse().withHeader("Retry-After", "1");
  }

  /** The name of a status in RFC 9110; Jetty has others for these. */
  static String phrase(int status) {
    return switch (status) {
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 500 -> "Internal Server Error";
      default -> HttpStatus.getMessage(status);
    };
  }
}
