package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to browsers and caches, and what it says to pages of other origins. */
class HeadersTest {
  private static final String OPS = "https://ops.example.com";

  private static final Map<String, String> COMMON = Map.of(
      "x-content-type-options", "nosniff",
      "content-security-policy", "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy", "no-referrer");

  private static HttpService plain;
  private static HttpService open;

  @BeforeAll
  static void start() throws IOException {
    Route[] routes = {
      Services.HEALTH,
      Services.ECHO,
      Route.blocking(
          "GET",
          "/cached",
          Access.OPEN,
          request -> Response.json(200, "{}").withHeader("Cache-Control", "max-age=60")),
      Route.blocking("GET", "/none", Access.OPEN, request -> Response.empty(204)),
      Route.blocking("GET", "/same", Access.OPEN, request -> Response.empty(304)),
      Route.blocking("GET", "/closed", Access.KEY, request -> Response.json(200, "{}")),
      Route.blocking("PUT", "/closed", Access.KEY, request -> Response.json(200, "{}")),
      Route.blocking("GET", "/broken", Access.OPEN, request -> {
        throw new IllegalStateException("a defect");
      }),
    };
    plain = Services.with(Services.hasty(), routes);
    HttpOptions usual = Services.options();
    open = Services.with(
        new HttpOptions(
            usual.keys(),
            List.of(OPS, "http://localhost:3000"),
            LoggedRequests.NONE,
            new SystemClock()),
        routes);
  }

  @AfterAll
  static void stop() {
    plain.close();
    open.close();
  }

  private static String request(String line, String... headers) {
    return line + " HTTP/1.1\r\nHost: x\r\n"
        + String.join("", List.of(headers).stream().map(each -> each + "\r\n").toList()) + "\r\n";
  }

  private static void assertCommon(Reply reply, String resources) {
    assertThat(reply.headers())
        .containsAllEntriesOf(COMMON)
        .containsEntry("cross-origin-resource-policy", resources)
        .containsKey("cache-control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /none HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /same HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /cached HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /broken HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /closed HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS /closed HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/health HTTP/1.0\r\n\r\n",
        "GET /api/health HTTP/3.0\r\nHost: x\r\n\r\n",
        "GET /api/health HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nContent-Length: 1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nlate",
        "GET /head-that-does-not-end HTTP/1.1\r\nHost: x\r\n"
      })
  void everyAnswerHasThem(String request) throws IOException {
    assertCommon(Wire.ask(plain.address(), request), "same-origin");
  }

  @Test
  void soHasTheAnswerToAHeadThatIsTooLarge() throws IOException {
    String large = "X: " + "a".repeat(17 << 10);
    assertCommon(Wire.ask(plain.address(), request("GET /api/health", large)), "same-origin");
    assertCommon(Wire.ask(plain.address(), request("GET /" + "a".repeat(17 << 10))), "same-origin");
  }

  /** Whatever comes, and whoever answers it. */
  @Test
  void noAnswerToWhateverComesLacksThem() throws IOException {
    Random random = new Random(44);
    String valid = request("GET /closed?a=b", "Origin: " + OPS, "Authorization: Bearer x");
    for (int i = 0; i < 400; i++) {
      char[] changed = valid.toCharArray();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = (char) random.nextInt(128);
      }
      try (Wire wire = new Wire(open.address())) {
        Reply reply = wire.say(new String(changed)).end().reply();
        assertThat(reply.headers()).as(new String(changed)).containsAllEntriesOf(COMMON);
      } catch (IOException e) {
        assertThat(e).as("no answer at all, to half a request").hasMessageContaining("closed");
      }
    }
  }

  @Test
  void anAnswerMayBeKeptIfItSaysSo() throws IOException {
    assertThat(Wire.ask(plain.address(), Wire.get("/cached")).header("Cache-Control"))
        .isEqualTo("max-age=60");
    assertThat(Wire.ask(plain.address(), Wire.get("/closed")).header("Cache-Control"))
        .isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/closed", "/nowhere", "/broken", "/none"})
  void aPageOfANamedOriginMayReadAnyAnswer(String path) throws IOException {
    Reply reply = Wire.ask(open.address(), request("GET " + path, "Origin: " + OPS));
    assertCommon(reply, "cross-origin");
    assertThat(reply.headers())
        .containsEntry("access-control-allow-origin", OPS)
        .containsEntry("access-control-expose-headers", "ETag, Location, Retry-After")
        .containsEntry("vary", "Origin")
        .doesNotContainKey("access-control-allow-credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ops.example.com.evil.example",
        "https://OPS.example.com",
        "https://ops.example.com:443",
        "http://ops.example.com",
        "https://ops.example.com/",
        "https://ops.example.com https://evil.example",
        "null",
        "*",
        ""
      })
  void anotherOriginIsToldNothing(String origin) throws IOException {
    assertNothingAllowed(Wire.ask(open.address(), request("GET /api/health", "Origin: " + origin)));
    Reply asked = Wire.ask(
        open.address(),
        request("OPTIONS /closed", "Origin: " + origin, "Access-Control-Request-Method: PUT"));
    assertThat(asked.status()).isEqualTo(405);
    assertNothingAllowed(asked);
  }

  private static void assertNothingAllowed(Reply reply) {
    assertCommon(reply, "same-origin");
    assertThat(reply.headers()).containsEntry("vary", "Origin");
    assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  @Test
  void twoOriginsAreNone() throws IOException {
    String origin = "Origin: " + OPS;
    assertNothingAllowed(Wire.ask(open.address(), request("GET /api/health", origin, origin)));
  }

  @Test
  void aBrowserMayAskBefore() throws IOException {
    Reply reply = Wire.ask(
        open.address(),
        request(
            "OPTIONS /closed",
            "Origin: http://localhost:3000",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: authorization,if-match"));
    assertThat(reply.status()).isEqualTo(204);
    assertCommon(reply, "cross-origin");
    assertThat(reply.headers())
        .containsEntry("access-control-allow-origin", "http://localhost:3000")
        .containsEntry("access-control-allow-methods", "GET, HEAD, PUT")
        .containsEntry(
            "access-control-allow-headers",
            "Authorization, Content-Type, If-Match, Idempotency-Key")
        .containsEntry("access-control-max-age", "600")
        .doesNotContainKeys("access-control-allow-credentials", "content-length");
  }

  @Test
  void whatIsNoSuchQuestionIsAnsweredAsEver() throws IOException {
    String origin = "Origin: " + OPS;
    String asks = "Access-Control-Request-Method: GET";
    Reply reply = Wire.ask(open.address(), request("OPTIONS /closed", origin));
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, PUT");
    assertThat(
            Wire.ask(open.address(), request("OPTIONS /nowhere", origin, asks)).status())
        .isEqualTo(404);
    assertThat(Wire.ask(open.address(), request("OPTIONS /closed", asks)).status())
        .isEqualTo(405);
    Reply unset = Wire.ask(plain.address(), request("OPTIONS /closed", origin, asks));
    assertThat(unset.status()).isEqualTo(405);
    assertThat(unset.headers()).doesNotContainKeys("vary", "access-control-allow-origin");
  }
}
