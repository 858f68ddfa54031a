package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.WebhookServer.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is called again, when, and what is not, by {@code run} through the jar, at real servers. */
@Execution(ExecutionMode.CONCURRENT)
class RetriesIT {
  private static final Answer FINE = new Answer(200, "{}");
  private static final Answer WORKFLOW_FAILED =
      new Answer(500, "{\"message\":\"Error in workflow\"}");
  private static final long SECOND = 1_000_000_000L;

  /** For tests of one rule, in which the circuit breaker would be another. */
  private static final List<String> NO_BREAKER = List.of("--dispatch.breaker-calls", "1000000");

  @TempDir
  Path directory;

  private WebhookServer server;
  private WebhookServer other;

  @BeforeEach
  void start() throws IOException {
    server = new WebhookServer();
    other = new WebhookServer();
  }

  @AfterEach
  void stop() {
    server.close();
    other.close();
  }

  private static Answer page(int status, String text) {
    return new Answer(status, "<html><body>" + text + "</body></html>")
        .with("Content-Type", "text/html; charset=utf-8");
  }

  /** What is safe to repeat: nothing ran. */
  private static Map<String, Answer> safe() {
    return Map.of(
        "408", new Answer(408, "{}"),
        "425", new Answer(425, "{}"),
        "429", new Answer(429, "{}"),
        "500", new Answer(500, "{\"message\":\"out of memory\"}"),
        "503", new Answer(503, "{\"message\":\"Database is not ready!\"}"),
        "starting", page(200, "n8n is starting up. Please wait"),
        "no-webhooks", page(404, "Cannot POST /webhook/kpi"),
        "not-registered", new Answer(404, "{\"message\":\"The webhook is not registered.\"}"));
  }

  /** What may have run. */
  private static Map<String, Answer> unknown() {
    return Map.of(
        "problem", new Answer(500, "{\"message\":\"There was a problem executing the workflow\"}"),
        "502", new Answer(502, "{}"),
        "504", new Answer(504, "{}"),
        "lost", Answer.NONE);
  }

  /** What will not change. */
  private static Map<String, Answer> refused() {
    return Map.of(
        "400", new Answer(400, "{}"),
        "401", new Answer(401, "{}"),
        "403", new Answer(403, "{\"message\":\"Authorization data is wrong!\"}"),
        "404", new Answer(404, "{\"message\":\"nothing here\"}"),
        "410", new Answer(410, "{}"),
        "422", new Answer(422, "{}"));
  }

  /** First that, then a good answer. */
  private List<String> once(Map<String, Answer> answers) {
    answers.forEach((id, answer) -> server.answer("/" + id, answer, FINE));
    return answers.keySet().stream()
        .map(id -> Registry.kpi(id, server.url("/" + id)))
        .toList();
  }

  private Map<String, Object> run(int exitCode, List<String> kpis, String... options)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("run", "--json", "--registry"));
    command.add(Registry.file(directory, Registry.of(kpis.toArray(String[]::new))));
    command.addAll(List.of(options));
    AppProcess.Result result =
        AppProcess.quick().run(command.toArray(String[]::new)).assertExit(exitCode);
    return Json.object(Json.object(result.out()), "kpis");
  }

  private static String[] with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private void assertCalled(Map<String, Object> kpis, String id, int times, String status) {
    assertThat(server.calls("/" + id)).as(id).hasSize(times);
    assertThat(Json.object(kpis, id)).as(id).containsEntry("status", status);
  }

  @Test
  void whatCannotHaveRunIsCalledAgainAndNothingElse() throws IOException {
    List<String> all = Stream.of(safe(), unknown(), refused(), Map.of("workflow", WORKFLOW_FAILED))
        .flatMap(answers -> once(answers).stream())
        .toList();

    Map<String, Object> kpis = run(1, all, with(NO_BREAKER, "--dispatch.retry-delays", "100ms"));

    safe().keySet().forEach(id -> assertCalled(kpis, id, 2, "triggered"));
    refused().keySet().forEach(id -> assertCalled(kpis, id, 1, "failed"));
    unknown().keySet().forEach(id -> {
      assertCalled(kpis, id, 1, "failed");
      assertThat(Json.object(kpis, id).get("error")).asString().startsWith("unknown outcome: ");
    });
    assertCalled(kpis, "workflow", 1, "failed");
    assertThat(Json.object(kpis, "workflow").get("error")).asString().contains("Error in workflow");
  }

  @Test
  void whatMayHaveRunIsCalledAgainIfThatIsWanted() throws IOException {
    List<String> all = Stream.of(unknown(), Map.of("workflow", WORKFLOW_FAILED))
        .flatMap(answers -> once(answers).stream())
        .toList();

    Map<String, Object> kpis = run(
        0,
        all,
        with(
            NO_BREAKER,
            "--dispatch.retry-delays",
            "100ms",
            "--dispatch.retry-unknown",
            "true",
            "--dispatch.retry-workflow-error",
            "true"));

    unknown().keySet().forEach(id -> assertCalled(kpis, id, 2, "triggered"));
    assertCalled(kpis, "workflow", 2, "triggered");
  }

  @Test
  void repeatsComeAfterGrowingDelaysAndThenNoMore() throws IOException {
    server.answer("/kpi", new Answer(500, "{}"));

    Map<String, Object> kpis = run(
        1,
        List.of(Registry.kpi("kpi", server.url("/kpi"))),
        with(NO_BREAKER, "--dispatch.retry-delays", "200ms, 400ms, 800ms"));

    assertCalled(kpis, "kpi", 4, "failed");
    assertThat(Json.object(kpis, "kpi")).containsEntry("retryCount", 3);
    List<Call> calls = server.calls("/kpi");
    List<Long> gaps = IntStream.range(1, 4)
        .mapToObj(i -> (calls.get(i).nanos() - calls.get(i - 1).nanos()) / 1_000_000)
        .toList();
    // Up to a quarter shorter.
    assertThat(gaps.get(0)).isGreaterThanOrEqualTo(150);
    assertThat(gaps.get(1)).isGreaterThanOrEqualTo(300);
    assertThat(gaps.get(2)).isGreaterThanOrEqualTo(600);
  }

  @Test
  void retryAfterIsHeardByTheWholeHostAndByNoOther() throws IOException {
    server.answer("/kpi-0", new Answer(503, "{}").with("Retry-After", "3"), FINE);
    List<String> kpis = new ArrayList<>();
    IntStream.range(0, 20)
        .forEach(i -> kpis.add(Registry.kpi("kpi-" + i, server.url("/kpi-" + i))));
    IntStream.range(0, 20).forEach(i -> kpis.add(Registry.kpi("o-" + i, other.url("/o-" + i))));

    run(0, kpis, "--dispatch.max-in-flight-per-host", "1");

    List<Call> calls = server.calls();
    assertThat(calls).hasSize(21);
    assertThat(calls.get(0).path()).isEqualTo("/kpi-0");
    assertThat(calls.get(1).nanos() - calls.get(0).nanos()).isGreaterThanOrEqualTo(3 * SECOND);
    assertThat(other.calls())
        .hasSize(20)
        .allSatisfy(call -> assertThat(call.nanos()).isLessThan(calls.get(1).nanos()));
  }

  @Test
  void whoWantsToBeLeftAloneForLongerThanAnybodyWaitsIsLeftAlone() throws IOException {
    server.answer("/kpi-0", new Answer(503, "{}").with("Retry-After", "3600"));
    List<String> kpis = IntStream.range(0, 20)
        .mapToObj(i -> Registry.kpi("kpi-" + i, server.url("/kpi-" + i)))
        .toList();

    Map<String, Object> outcomes = run(1, kpis, "--dispatch.max-in-flight-per-host", "1");

    assertThat(server.calls()).hasSize(1);
    assertThat(outcomes.keySet())
        .hasSize(20)
        .allSatisfy(id -> assertThat(Json.object(outcomes, id)).containsEntry("status", "failed"));
    assertThat(Json.object(outcomes, "kpi-7").get("error"))
        .asString()
        .contains("closed door deadline");
  }

  @Test
  void repeatsHaveABudget() throws IOException {
    List<String> kpis = IntStream.range(0, 40)
        .mapToObj(i -> {
          server.answer("/kpi-" + i, new Answer(500, "{}"), FINE);
          return Registry.kpi("kpi-" + i, server.url("/kpi-" + i));
        })
        .toList();

    Map<String, Object> outcomes = run(
        0,
        kpis,
        with(
            NO_BREAKER,
            "--dispatch.retry-delays",
            "1ms",
            "--dispatch.retry-percent",
            "0",
            "--dispatch.retries-per-second",
            "10"));

    assertThat(outcomes.keySet())
        .allSatisfy(id -> assertThat(Json.object(outcomes, id)).containsEntry("retryCount", 1));
    // Ten in each second of the host's clock: forty take parts of four seconds at least.
    List<Call> repeats = repeats();
    assertThat(repeats).hasSize(40);
    assertThat(repeats.get(39).nanos() - repeats.get(0).nanos()).isGreaterThan(2 * SECOND);
    assertThat(mostInASecond(repeats)).isBetween(5, 21);
  }

  private List<Call> repeats() {
    List<String> seen = new ArrayList<>();
    return server.calls().stream()
        .filter(call -> {
          boolean repeat = seen.contains(call.path());
          seen.add(call.path());
          return repeat;
        })
        .toList();
  }

  private static int mostInASecond(List<Call> calls) {
    return calls.stream()
        .mapToInt(from -> (int) calls.stream()
            .filter(call -> call.nanos() >= from.nanos() && call.nanos() < from.nanos() + SECOND)
            .count())
        .max()
        .orElse(0);
  }

  @Test
  void callsHaveARateIfOneIsSet() throws IOException {
    List<String> kpis = IntStream.range(0, 60)
        .mapToObj(i -> Registry.kpi("kpi-" + i, server.url("/kpi-" + i)))
        .toList();

    run(0, kpis, "--dispatch.max-per-second-per-host", "20");

    // What is late on its way may arrive together with the next.
    assertThat(mostInASecond(server.calls())).isBetween(10, 24);
  }

  @Test
  void aDeadHostIsFoundOnceAndDelaysNobodyElse() throws IOException {
    int deadPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deadPort = socket.getLocalPort();
    }
    List<String> kpis = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      kpis.add(Registry.kpi("dead-" + i, "http://127.0.0.1:" + deadPort + "/dead-" + i));
      kpis.add(Registry.kpi("good-" + i, server.url("/good-" + i)));
    }

    long began = System.nanoTime();
    Map<String, Object> outcomes = run(1, kpis, "--dispatch.give-up-host-after", "20s");
    long took = System.nanoTime() - began;

    List<Map<String, Object>> dead = IntStream.range(0, 1_000)
        .mapToObj(i -> Json.object(outcomes, "dead-" + i))
        .toList();
    assertThat(dead).allSatisfy(kpi -> assertThat(kpi).containsEntry("status", "failed"));
    assertThat(dead.stream().filter(kpi -> kpi.get("error").toString().contains("given up")))
        .hasSizeGreaterThan(990);
    assertThat(dead.stream().mapToInt(kpi -> (Integer) kpi.get("retryCount")).sum())
        .isLessThan(30);
    List<Call> good = server.calls();
    assertThat(good).hasSize(1_000);
    assertThat(good.get(999).nanos() - good.get(0).nanos()).isLessThan(20 * SECOND);
    assertThat(took).isLessThan(80 * SECOND);
  }
}
