package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which requests have a line in the log, and what it says. A service that has stopped has written all its lines. */
class RequestLogTest {
  private static final String KEY = "ops-0123456789abcdef";
  private static final String READ = "read-0123456789abcdef";

  private final SimulatedClock clock = new SimulatedClock(Instant.EPOCH);
  private final Logs logs = new Logs();

  @AfterEach
  void stop() {
    logs.close();
  }

  private HttpService service(LoggedRequests logged) throws IOException {
    return Services.with(
        Services.options(
            logged, clock, ApiKey.of("ops", KEY, false), ApiKey.of("grafana", READ, true)),
        Services.HEALTH.withRoutine(Routine.ALL),
        route("GET", "/things/{id}", Access.KEY),
        route("PUT", "/things/{id}", Access.KEY),
        Route.blocking("POST", "/end", Access.KEY_OR_SIGNATURE, request -> {
              clock.advance(Duration.ofMillis(7));
              String text = request.body().text();
              return text.isEmpty()
                  ? Response.json(200, "{}")
                  : Problem.of(409, text).toResponse();
            })
            .withRoutine(Routine.IF_WELL));
  }

  private static Route route(String method, String path, Access access) {
    return Route.blocking(method, path, access, request -> Response.json(200, "{}"));
  }

  /** Requests one after the other on one connection: each is logged before the next one begins. */
  private static void ask(Wire wire, String line, String key) throws IOException {
    ask(wire, line, key, "");
  }

  private static void ask(Wire wire, String line, String key, String body) throws IOException {
    String authorization = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
    wire.say(line + " HTTP/1.1\r\nHost: x\r\n" + authorization + "Content-Length: " + body.length()
            + "\r\n\r\n" + body)
        .reply();
  }

  /** Has all lines written. */
  private void during(LoggedRequests logged, Requests requests) throws IOException {
    HttpService service = service(logged);
    try (Wire wire = new Wire(service.address())) {
      requests.send(wire);
    } finally {
      service.stop(Duration.ofSeconds(20));
    }
  }

  private interface Requests {
    void send(Wire wire) throws IOException;
  }

  private List<String> lines() {
    return logs.lines().stream()
        .filter(line -> line.startsWith(RequestLog.LOGGER))
        .map(line -> line.substring(RequestLog.LOGGER.length() + 2))
        .toList();
  }

  private static String line(String request, int status, int millis, String who) {
    return request + ": " + status + " in " + millis + " ms, by " + who + " from 127.0.0.1";
  }

  @Test
  void changesAndWhatDoesNotGoWellHaveALine() throws IOException {
    during(LoggedRequests.CHANGES, wire -> {
      ask(wire, "GET /api/health", "");
      ask(wire, "GET /things/1", KEY);
      ask(wire, "POST /end?signature=x", "");
      ask(wire, "PUT /things/1", KEY);
      ask(wire, "PUT /things/1", READ);
      ask(wire, "GET /things/1", "wrong");
      ask(wire, "GET /nowhere", "");
      ask(wire, "POST /end?signature=x", "", "other end");
    });
    assertThat(lines())
        .containsExactly(
            line("PUT /things/1", 200, 0, "ops"),
            line("PUT /things/1", 403, 0, "grafana"),
            line("GET /things/1", 401, 0, "-"),
            line("GET /nowhere", 404, 0, "-"),
            line("POST /end", 409, 7, "-"));
  }

  @Test
  void allHaveOneIfAsked() throws IOException {
    during(LoggedRequests.ALL, wire -> {
      ask(wire, "GET /api/health", KEY);
      ask(wire, "GET /things/1", READ);
      ask(wire, "POST /end?signature=x", "");
    });
    assertThat(lines())
        .containsExactly(
            line("GET /api/health", 200, 0, "ops"),
            line("GET /things/1", 200, 0, "grafana"),
            line("POST /end", 200, 7, "-"));
  }

  @Test
  void noneHasOneIfAsked() throws IOException {
    during(LoggedRequests.NONE, wire -> {
      ask(wire, "PUT /things/1", KEY);
      ask(wire, "PUT /things/1", "");
    });
    assertThat(lines()).isEmpty();
  }

  @Test
  void neitherQueryNorHeadersNorBodyAreSaidAndThePathIsOneBoundedLine() throws IOException {
    during(LoggedRequests.ALL, wire -> {
      ask(wire, "PUT /things/a%0Ab%1B%5B?token=hush", KEY, "hush");
      ask(wire, "PUT /" + "a".repeat(5_000) + "?hush", KEY);
      ask(wire, "PUT /things/1", "hush");
      ask(wire, "PUT /things/\u202e\u0085/?hush", KEY, "hush");
    });
    assertThat(lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line)
            .doesNotContain("hush", KEY, "\u202e", "\u0085", "\n", "\u001b")
            .hasSizeLessThan(300));
    assertThat(lines()).anySatisfy(line -> assertThat(line).contains("/aaaaa").contains("…: 404"));
  }

  @Test
  void whoIsRefusedGetsAHandfulOfLinesASecondAndTheRestIsCounted() throws IOException {
    during(LoggedRequests.CHANGES, wire -> {
      for (int i = 0; i < 30; i++) {
        ask(wire, i % 2 == 0 ? "PUT /things/1" : "GET /nowhere", "wrong");
      }
      ask(wire, "PUT /things/1", KEY);
      // What is asked next on the same connection is answered once all before it has been noted.
      ask(wire, "GET /things/1", KEY);
      clock.advance(Duration.ofSeconds(1));
      ask(wire, "PUT /things/1", "");
    });
    assertThat(lines())
        .hasSize(Ration.MOST_PER_SECOND + 3)
        .contains(line("PUT /things/1", 200, 0, "ops"))
        .contains("and 25 requests more that were refused at the time");
    assertThat(lines().get(lines().size() - 1)).isEqualTo(line("PUT /things/1", 401, 0, "-"));
  }

  @Test
  void anAddressThatHasToWaitIsAWarningOnce() throws IOException {
    during(LoggedRequests.NONE, wire -> {
      for (int i = 0; i < 60; i++) {
        ask(wire, "GET /things/1", "wrong-" + i);
      }
    });
    assertThat(lines())
        .containsExactly("too many failed attempts from 127.0.0.1: it gets 429, but for keys that"
            + " it used within the last hour");
  }
}
