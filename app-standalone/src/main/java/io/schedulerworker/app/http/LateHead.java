package io.schedulerworker.app.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.DateGenerator;

/** The answer to a head that does not end. Jetty cannot give it, as it has no request yet. */
final class LateHead {
  private LateHead() {}

  private static String common() {
    return CommonHeaders.ALL.stream()
        .map(field -> field.getName() + ": " + field.getValue() + "\r\n")
        .collect(Collectors.joining());
  }

  static ByteBuffer answer() {
    Response problem = Errors.of(408).toResponse();
    String head = "HTTP/1.1 408 Request Timeout\r\n"
        + ("Date: " + DateGenerator.formatDate(System.currentTimeMillis()) + "\r\n")
        + ("Content-Type: " + problem.contentType() + "\r\n")
        + ("Content-Length: " + problem.body().length + "\r\n")
        + common()
        + "Connection: close\r\n\r\n";
    byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer whole = ByteBuffer.allocate(bytes.length + problem.body().length);
    return whole.put(bytes).put(problem.body()).flip();
  }
}
