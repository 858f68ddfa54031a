package io.schedulerworker.app.http;

import static io.schedulerworker.app.http.RoutingTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What handlers do to each other, and what becomes of those that fail. */
class LanesTest {
  private final Logs logs = new Logs();
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Route hanging = Route.blocking("GET", "/hang", Access.OPEN, request -> {
    entered.release();
    released.await();
    return Response.json(200, "late");
  });

  @AfterEach
  void detach() {
    released.countDown();
    logs.close();
  }

  @Test
  void healthAnswersWhileEverythingElseHangsAndWhatIsTooMuchIsRejected() throws Exception {
    Limits limits = Services.hasty();
    int bearable = limits.workers() + limits.waiting();
    try (HttpService service = Services.with(limits, Services.HEALTH, hanging)) {
      List<CompletableFuture<Reply>> replies = new ArrayList<>();
      for (int i = 0; i <= bearable; i++) {
        replies.add(ask(service, Wire.get("/hang")));
      }
      Reply rejected = (Reply)
          CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new)).join();
      assertProblem(rejected, 503, "Service Unavailable");
      assertThat(rejected.header("Retry-After")).isEqualTo("1");
      assertThat(Wire.ask(service.address(), Wire.get("/api/health")).status()).isEqualTo(200);
      released.countDown();
      assertThat(replies.stream().map(reply -> reply.join().status()))
          .containsOnlyOnce(503)
          .filteredOn(status -> status == 200)
          .hasSize(bearable);
    }
    assertThat(logs.lines()).isEmpty();
  }

  @Test
  void whoHasWaitedTooLongIsNotServedAnyMore() throws Exception {
    Limits usual = Services.hasty();
    Duration brief = Duration.ofMillis(50);
    Limits limits = new Limits(
        usual.headTime(),
        usual.transferTime(),
        usual.transferRate(),
        usual.idleTime(),
        usual.connections(),
        usual.bodyMemory(),
        1,
        1,
        brief);
    try (HttpService service = Services.with(limits, hanging)) {
      CompletableFuture<Reply> first = ask(service, Wire.get("/hang"));
      entered.acquire();
      CompletableFuture<Reply> second = ask(service, Wire.get("/hang"));
      assertThat(second)
          .failsWithin(brief.multipliedBy(4))
          .withThrowableThat()
          .isInstanceOf(TimeoutException.class);
      released.countDown();
      assertThat(first.join().status()).isEqualTo(200);
      assertProblem(second.join(), 503, "Service Unavailable");
      assertThat(second.join().text()).contains("has waited too long");
      assertThat(entered.tryAcquire()).isFalse();
    }
  }

  private static CompletableFuture<Reply> ask(HttpService service, String request) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Wire.ask(service.address(), request);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void aPromptHandlerMayAnswerLaterThanAnyTimeLimit() throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    Route later = Route.prompt("GET", "/later", Access.OPEN, request -> {
      entered.release();
      return answer;
    });
    Duration brief = Duration.ofMillis(100);
    Limits limits = new Limits(brief, brief, 1 << 20, brief, 100, 1 << 20, 1, 1, brief);
    try (HttpService service = Services.with(limits, later);
        Wire wire = new Wire(service.address()).say(Wire.get("/later"))) {
      entered.acquire();
      awaitIdleTime(service);
      awaitIdleTime(service);
      answer.complete(Response.json(202, "now"));
      assertThat(wire.reply().text()).isEqualTo("now");
    }
  }

  /** Another connection, opened later, has been silent for too long. */
  private static void awaitIdleTime(HttpService service) throws IOException {
    try (Wire silent = new Wire(service.address())) {
      assertThat(silent.isClosed()).isTrue();
    }
  }

  @Test
  void aProblemIsTheAnswerWithItsMembersAndHeaders() throws IOException {
    Problem problem = Problem.of(422, "unknown ids").with("ids", List.of("a\"b", "ü"));
    Route blocking = Route.blocking("GET", "/blocking", Access.OPEN, request -> {
      throw new ProblemException(problem);
    });
    Route prompt = Route.prompt(
        "GET",
        "/prompt",
        Access.OPEN,
        request -> CompletableFuture.supplyAsync(() -> {
          throw new ProblemException(problem);
        }));
    try (HttpService service = Services.with(blocking, prompt)) {
      for (String path : List.of("/blocking", "/prompt")) {
        Reply reply = Wire.ask(service.address(), Wire.get(path));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text())
            .isEqualTo(
                "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,"
                    + "\"detail\":\"unknown ids\",\"ids\":[\"a\\\"b\",\"ü\"]}");
      }
    }
    assertThat(logs.lines()).isEmpty();
  }

  @Test
  void aDefectIsA500ThatSaysNothingAndALineInTheLog() throws IOException {
    Route broken = Route.blocking("GET", "/broken", Access.OPEN, request -> {
      throw new IllegalStateException("secret " + request.query());
    });
    Route error = Route.prompt("GET", "/error", Access.OPEN, request -> {
      throw new AssertionError("secret");
    });
    try (HttpService service = Services.with(broken, error)) {
      for (String path : List.of("/broken?a=b", "/error")) {
        Reply reply = Wire.ask(service.address(), Wire.get(path));
        assertProblem(reply, 500, "Internal Server Error");
        assertThat(reply.text()).doesNotContain("secret", "at io.schedulerworker");
      }
    }
    assertThat(logs.lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line)
            .contains("defect", "LanesTest")
            .doesNotContain("secret", "stack trace"));
  }

  @Test
  void anAnswerCanCarryHeadersAndNoBody() throws IOException {
    Route route = Route.blocking(
        "GET", "/none", Access.OPEN, request -> Response.empty(304).withHeader("ETag", "\"1\""));
    try (HttpService service = Services.with(route, Services.HEALTH);
        Wire wire = new Wire(service.address())) {
      Reply reply = wire.say(Wire.get("/none")).reply();
      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.header("ETag")).isEqualTo("\"1\"");
      assertThat(reply.headers()).doesNotContainKeys("content-type", "content-length");
      assertThat(wire.say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
    }
  }
}
