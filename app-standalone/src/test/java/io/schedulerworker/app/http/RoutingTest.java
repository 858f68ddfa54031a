package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handler gets which request, and what becomes of the others. */
class RoutingTest {
  private static final AtomicInteger KEY_CALLS = new AtomicInteger();
  private static HttpService service;

  @BeforeAll
  static void start() throws IOException {
    service = Services.with(
        Services.HEALTH,
        Services.ECHO,
        Route.blocking(
            "GET",
            "/api/jobs/{traceId}/kpis/{kpiId}",
            Access.OPEN,
            request -> Response.json(
                200, request.pathParameter("traceId") + "|" + request.pathParameter("kpiId"))),
        Route.blocking(
            "GET",
            "/query",
            Access.OPEN,
            request -> Response.json(200, new TreeMap<>(request.query()).toString())),
        Route.blocking(
            "GET",
            "/who",
            Access.OPEN,
            request ->
                Response.json(200, request.hasKey() + " " + request.header("Authorization"))),
        Route.blocking("GET", "/closed", Access.KEY, request -> {
          KEY_CALLS.incrementAndGet();
          return Response.json(200, "in");
        }));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Reply ask(String request) throws IOException {
    return Wire.ask(service.address(), request);
  }

  private static Reply get(String target) throws IOException {
    return ask(Wire.get(target));
  }

  private static Reply withAuthorization(String value) throws IOException {
    return ask("GET /closed HTTP/1.1\r\nHost: x\r\nAuthorization: " + value + "\r\n\r\n");
  }

  @Test
  void aRouteAnswersWithTheHeadersThatEveryAnswerHas() throws IOException {
    Reply reply = get("/api/health");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{\"status\":\"healthy\"}");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.header("Date")).endsWith("GMT");
    assertThat(reply.headers()).doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void headIsGetWithoutTheBody() throws IOException {
    try (Wire wire = new Wire(service.address())) {
      Reply reply = wire.say("HEAD /api/health HTTP/1.1\r\nHost: x\r\n\r\n").replyToHead();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Length")).isEqualTo("20");
      assertThat(wire.say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/health/",
        "/api/health;x=1",
        "/api/%68ealth",
        "/API/HEALTH",
        "/api/../api/health",
        "/api/./health",
        "/api/jobs/t/kpis/..",
        "/api/jobs/t/kpis/.",
        "/api/jobs/../kpis/a",
        "/api/health%2F",
        "/api%2Fhealth"
      })
  void anotherPathIsUnknown(String target) throws IOException {
    assertProblem(get(target), 404, "Not Found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api/health",
        "/api//health",
        "/api/%2e%2e/health",
        "/api/jobs/t/kpis/%2e%2e",
        "/api/jobs/t/kpis/%zz",
        "/api/jobs/t/kpis/%f",
        "/api/jobs/t/kpis/%ff",
        "/api/jobs/t/kpis/%c3%28",
        "/api/jobs/t/kpis/%00",
        "/query?a=%zz",
        "/query?a=%ff",
        "/query?%=1",
        "http://user:pass@x/api/health",
        "api/health",
        "*"
      })
  void aTargetThatIsAmbiguousOrBrokenIsRefused(String target) throws IOException {
    assertThat(get(target).status()).isIn(400, 404);
  }

  @Test
  void anUnknownPathIsUnknownToThoseWithoutKeyToo() throws IOException {
    assertThat(get("/closed/x").status()).isEqualTo(404);
    assertThat(ask(Wire.post("/closed", "")).status()).isEqualTo(405);
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() throws IOException {
    Reply reply = ask("DELETE /api/health HTTP/1.1\r\nHost: x\r\n\r\n");
    assertProblem(reply, 405, "Method Not Allowed");
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
    assertThat(ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n").header("Allow")).isEqualTo("POST");
  }

  @Test
  void theWholeTargetMayComeWithSchemeAndHost() throws IOException {
    assertThat(get("http://x/api/health").status()).isEqualTo(200);
  }

  @Test
  void parametersOfThePathAreDecodedAfterThePathIsSplit() throws IOException {
    assertThat(get("/api/jobs/t%20%2F/kpis/a%2Fb%25%3B%C3%A9").text()).isEqualTo("t /|a/b%;é");
  }

  @Test
  void aPlusInAPathIsAPlus() throws IOException {
    assertThat(get("/api/jobs/a+b/kpis/c").text()).isEqualTo("a+b|c");
  }

  @Test
  void theQueryIsDecodedAndKeepsRepeatedNames() throws IOException {
    assertThat(get("/query?a=1&b=x%26y+z&a=2&&c&=d").text())
        .isEqualTo("{=[d], a=[1, 2], b=[x&y z], c=[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
  void theKeyOpens(String scheme) throws IOException {
    assertThat(withAuthorization(scheme + Services.KEY).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer x",
        "Basic s3cret-ключ",
        "s3cret-ключ",
        "Bearer s3cret-ключ x"
      })
  void whateverElseDoesNot(String value) throws IOException {
    int before = KEY_CALLS.get();
    Reply reply = withAuthorization(value);
    assertProblem(reply, 401, "Unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(KEY_CALLS).hasValue(before);
  }

  @Test
  void whoHasNoKeyIsNotAskedForABody() throws IOException {
    Reply reply =
        ask("GET /closed HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @Test
  void twoAuthorizationsAreNone() throws IOException {
    String key = "Authorization: Bearer " + Services.KEY + "\r\n";
    assertThat(ask("GET /closed HTTP/1.1\r\nHost: x\r\n" + key + key + "\r\n").status())
        .isEqualTo(401);
  }

  @Test
  void anOpenRouteKnowsWhetherTheKeyCameButNeverSeesIt() throws IOException {
    assertThat(get("/who").text()).isEqualTo("false null");
    assertThat(ask("GET /who HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Services.KEY
                + "\r\n\r\n")
            .text())
        .isEqualTo("true null");
  }

  @Test
  void whereNoKeyIsConfiguredItsRoutesAreClosed() throws IOException {
    Route closed = Route.blocking("GET", "/closed", Access.KEY, request -> Response.empty(200));
    HttpOptions none = Services.options(LoggedRequests.NONE, new SystemClock());
    try (HttpService keyless = Services.with(none, closed)) {
      Reply reply = Wire.ask(
          keyless.address(), "GET /closed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \r\n\r\n");
      assertProblem(reply, 403, "Forbidden");
      assertThat(reply.text()).contains("no SCHEDULER_API_KEY is configured");
    }
  }

  static void assertProblem(Reply reply, int status, String title) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.text())
        .startsWith("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status);
  }
}
