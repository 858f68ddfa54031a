package io.schedulerworker.app;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** Requests for every operation of a description and near them, good and bad, all of them from one seed. */
final class FuzzedRequests {
  /** How a request is sent, and what may become of it. */
  enum Kind {
    /** Each has an answer. */
    WHOLE,
    /** The sender says no more before its end; there may be no answer. */
    CUT,
    /** There is more than the request says; the first answer counts. */
    LONG,
    /** No request at all. */
    NOISE
  }

  /**
   * What is sent.
   *
   * @param path the raw path, without the query
   * @param text a character for each byte
   */
  record Sent(Kind kind, String method, String path, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return kind + " " + text.substring(0, Math.min(MOST_SHOWN, text.length()));
    }
  }

  private static final int TOO_MUCH = 99_000_000;
  private static final int MOST_SHOWN = 600;
  private static final String UNKNOWN = "trace_20250814_120000_aaaaaaaa";
  private static final List<String> METHODS = List.of(
      "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "BREW", "X-1");
  private static final List<String> SEGMENTS = List.of(
      "a",
      "kpi-0",
      "yearly",
      "manual",
      "%2F",
      "%00",
      "%c0%af",
      "%252F",
      "%2e%2e",
      "..",
      ".",
      "",
      "%",
      "%zz",
      "%ff",
      "%ed%a0%80",
      "%e2%82%ac",
      "a;b=c",
      "a%3Bb",
      "*",
      "~",
      "%0d%0aX:%20y",
      "trace_20250814_120000_AAAAAAAA",
      "trace_99999999_999999_aaaaaaaa",
      UNKNOWN);
  private static final List<String> VALUES = List.of(
      "",
      "true",
      "false",
      "TRUE",
      "0",
      "1",
      "-1",
      "200",
      "201",
      "2147483648",
      "1e3",
      "%31",
      "+1",
      "%00",
      "%ff",
      "%",
      "a%26b",
      "pending",
      "failed",
      "nothing",
      "manual",
      "yearly",
      UNKNOWN,
      "%F0%9F%98%80",
      "%ed%a0%80",
      "0%0d%0a",
      "\u00e9");
  private static final List<String> NAMES = List.of(
      "wait",
      "limit",
      "before",
      "status",
      "schedule",
      "drive",
      "signature",
      "%77ait",
      "other",
      "%00",
      "%",
      "");
  private static final List<String> BODIES = List.of(
      "",
      " ",
      "{}",
      "{\"kpiIds\":[\"kpi-0\"]}",
      "{\"kpiIds\":[]}",
      "{\"kpiIds\":[1,null]}",
      "{\"kpiIds\":\"kpi-0\"}",
      "{\"kpiIds\":[\"\\ud800\"]}",
      "{\"kpiIds\":[\"\\u0000\\u202e\"]}",
      "{\"kpiIds\":[\"a\"],\"kpiIds\":[\"b\"]}",
      "{\"\\udfff\":1}",
      "{\"kpiIds\":1e999999999}",
      "{\"status\":\"completed\"}",
      "{\"status\":\"failed\",\"error\":\"no data\"}",
      "{\"status\":\"failed\",\"error\":{\"a\":[1e400,\"\\ud800\"]}}",
      "{\"status\":[]}",
      "{\"status\":\"failed\",\"error\":\"\\ud800\"}",
      "{\"status\":\"completed\",\"status\":1}",
      "{\"kpis\":[]}",
      "{\"kpis\":7}",
      "{\"kpis\":[{\"id\":\"\\ud800\",\"active\":true}]}",
      "{\"kpis\":[{\"id\":\"a\",\"id\":7},null,[]]}",
      "{\"kpis\":[],\"kpis\":[]}",
      "[]",
      "null",
      "1",
      "\"\"",
      "{",
      "{\"a\":",
      "\u0000",
      "{} {}",
      "\ufeff{}",
      "NaN",
      "{'a':1}",
      "\ud83d\ude00");
  private static final List<String> HEADERS = List.of(
      "Authorization: Bearer wrong-wrong-wrong",
      "Authorization: Basic YTpi",
      "Authorization:",
      "Authorization: Bearer",
      "If-Match: *",
      "If-Match: \"a\"",
      "If-Match: W/\"a\"",
      "If-Match: a",
      "If-Match: \"",
      "If-None-Match: *",
      "If-None-Match: \"a\"",
      "Idempotency-Key: a",
      "Idempotency-Key:  ",
      "Idempotency-Key: \u00e9\u00ff",
      "Content-Type: text/xml",
      "Accept: */*;q=x",
      "Accept: application/openmetrics-text",
      "Expect: 100-continue",
      "Expect: much",
      "Origin: https://evil.example.com",
      "Access-Control-Request-Method: GET",
      "Connection: close",
      "Connection: Upgrade",
      "Upgrade: h2c",
      "Content-Encoding: gzip",
      "Transfer-Encoding: gzip",
      "Host: other",
      "X-Forwarded-For: 1.2.3.4",
      "Range: bytes=0-1",
      "X: \u0000",
      " folded: x",
      "no colon",
      "Cookie: a=b",
      "Content-Length: -1",
      "Content-Length: 99999999999999999999");

  private final Random random;
  private final List<String> operations;
  private final String registry;
  private final AtomicReference<String> job;

  /**
   * Requests of one sender.
   *
   * @param registry a good one
   * @param job the path of a job that is there
   */
  FuzzedRequests(long seed, List<String> operations, String registry, AtomicReference<String> job) {
    this.random = new Random(seed);
    this.operations = operations;
    this.registry = registry;
    this.job = job;
  }

  Sent next() {
    if (chance(50)) {
      byte[] noise = new byte[1 + random.nextInt(200)];
      random.nextBytes(noise);
      return new Sent(Kind.NOISE, "GET", "/", latin(noise));
    }
    String operation = any(operations);
    int space = operation.indexOf(' ');
    String method = chance(8) ? any(METHODS) : operation.substring(0, space);
    String path = path(operation.substring(space + 1));
    Kind kind = chance(40) ? Kind.CUT : chance(40) ? Kind.LONG : Kind.WHOLE;
    return new Sent(kind, method, path, text(kind, method, path + query()));
  }

  private String path(String template) {
    String path = chance(3) ? job.get() + template.replaceFirst(".*\\{traceId}", "") : template;
    path = path.contains("{") || template.contains("{traceId}") ? path : template;
    while (path.contains("{")) {
      path = path.replaceFirst("\\{[^}]*}", any(SEGMENTS));
    }
    if (chance(20)) {
      path += "/" + any(SEGMENTS);
    }
    return chance(60) ? path.replaceFirst("/", any(List.of("//", "/%2e/", "/./", "/%2F"))) : path;
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    while (query.length() < 40 && chance(3)) {
      query.append(query.isEmpty() ? '?' : '&').append(any(NAMES)).append('=').append(any(VALUES));
    }
    return chance(200) ? query + "?" + "q".repeat(20_000) : query.toString();
  }

  private String text(Kind kind, String method, String target) {
    StringBuilder head = new StringBuilder(method + " " + target + " " + version() + "\r\n");
    head.append(chance(100) ? "" : "Host: localhost\r\n");
    head.append(chance(10) ? "" : "Authorization: Bearer " + ApiClient.KEY + "\r\n");
    while (chance(3)) {
      head.append(any(HEADERS)).append("\r\n");
    }
    head.append(chance(200) ? "X: " + "x".repeat(17_000) + "\r\n" : "");
    byte[] body = body();
    if (chance(100)) {
      return head + "Content-Length: " + TOO_MUCH + "\r\n\r\n";
    }
    int lie = kind == Kind.CUT ? 1 + random.nextInt(9) : kind == Kind.LONG ? -body.length / 2 : 0;
    if (chance(25)) {
      head.append("Transfer-Encoding: chunked\r\n\r\n");
      body = chunked(body, kind);
    } else {
      head.append("Content-Length: ").append(body.length + lie).append("\r\n\r\n");
    }
    return head + latin(body);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] chunked(byte[] body, Kind kind) {
    String text = latin(body);
    String first =
        body.length == 0 ? "" : Integer.toHexString(body.length) + "\r\n" + text + "\r\n";
    String last = kind == Kind.CUT ? "" : "0\r\n\r\n";
    return (first + last).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String version() {
    return chance(100)
        ? any(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/3.0", "http/1.1", ""))
        : "HTTP/1.1";
  }

  private byte[] body() {
    if (chance(4)) {
      return registry.getBytes(StandardCharsets.UTF_8);
    }
    if (chance(50)) {
      int depth = 1 + random.nextInt(5_000);
      return ("{\"kpiIds\":" + "[".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }
    byte[] body = any(BODIES).getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 && chance(8)) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    return body;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
