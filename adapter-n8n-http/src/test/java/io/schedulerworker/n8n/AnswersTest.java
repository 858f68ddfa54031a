package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.NotNow;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerOutcome.Refused;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import io.schedulerworker.port.TriggerOutcome.WorkflowFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer means. */
class AnswersTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 299})
  void twoHundredsAreAccepted(int status) {
    assertThat(answered(status, JSON, "{\"message\":\"Workflow was started\"}"))
        .isEqualTo(new Accepted(status));
  }

  @Test
  void anEmptyAnswerIsAccepted() {
    assertThat(answered("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Accepted(204));
    assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
        .isEqualTo(new Accepted(200));
  }

  @Test
  void aChunkedAnswerIsAccepted() {
    assertThat(
            answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"))
        .isEqualTo(new Accepted(200));
  }

  @Test
  void thePageThatN8nShowsWhileItStartsIsNoAcceptance() {
    TriggerOutcome outcome =
        answered(200, HTML, "<html><body>n8n is starting up. Please wait</body></html>");

    assertNotNow(outcome, Obstacle.STARTING, 200);
  }

  @Test
  void anyOtherPageMayBeAWebhooksAnswer() {
    assertThat(answered(200, HTML, "<h1>Thanks</h1>")).isEqualTo(new Accepted(200));
    assertThat(answered(200, JSON, "{\"news\":\"n8n is starting up\"}"))
        .isEqualTo(new Accepted(200));
  }

  @Test
  void aNotFoundPageMeansThatN8nStarts() {
    assertNotNow(
        answered(404, HTML, "<pre>Cannot POST /webhook/kpi-1</pre>"), Obstacle.STARTING, 404);
  }

  @Test
  void anUnregisteredWebhookMayComeBack() {
    TriggerOutcome outcome = answered(
        404,
        JSON,
        "{\"code\":404,\"message\":\"The requested webhook \\\"POST kpi-1\\\" is not"
            + " registered.\",\"hint\":\"activate it\"}");

    assertNotNow(outcome, Obstacle.NOT_REGISTERED, 404);
    assertThat(outcome.reason())
        .endsWith(" answered 404, is the workflow active, and its path the one in webhookUrl?: The"
            + " requested webhook \"POST kpi-1\" is not registered.");
  }

  @Test
  void anyOtherNotFoundIsRefused() {
    assertRefused(answered(404, JSON, "{\"message\":\"no such page\"}"), 404);
    assertRefused(answered(404, "text/plain", ""), 404);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429})
  void aBusyServerMayBeAskedAgain(int status) {
    assertNotNow(answered(status, JSON, "{}"), Obstacle.BUSY, status);
  }

  @ParameterizedTest
  @CsvSource({
    "503, 120",
    "429, 120",
    "500, 120",
    "404, 120",
    "503, 'Thu, 14 Aug 2025 12:02:00 GMT'",
    "503, 'Thursday, 14-Aug-25 12:02:00 GMT'",
    "503, 'Thu Aug 14 12:02:00 2025'"
  })
  void theServerSaysForHowLong(int status, String retryAfter) {
    String body = "{\"message\":\"it is not registered\"}";
    TriggerOutcome outcome =
        answered(ScriptedServer.http(status, "Retry-After: " + retryAfter, JSON, body));

    assertThat(((NotNow) outcome).retryAfter()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aFailedWorkflowIsNoReasonToStartItAgain() {
    TriggerOutcome outcome = answered(500, JSON, "{\"message\":\"Error in workflow\"}");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            WorkflowFailed.class, failed -> assertThat(failed.httpStatus()).isEqualTo(500));
    assertThat(outcome.reason())
        .endsWith(
            " answered 500, the workflow ran and failed; n8n's list of executions says where: Error"
                + " in workflow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"executionId\":\"4711\"}|4711",
        "{ \"ok\" : true, \"executionId\" : 4711 }|4711",
        "[{\"executionId\":\"a-B_9\",\"x\":1}]|a-B_9",
        "{\"message\":\"Workflow was started\"}|",
        "{\"executionId\":\"has spaces in it\"}|",
        "{\"executionId\":null}|",
        "\"executionId\":\"4711\"|",
        "{\"executionId\":\"47|"
      })
  void theNumberOfTheExecutionIsKept(String body, String id) {
    assertThat(answered(200, JSON, body)).isEqualTo(new Accepted(200, id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "There was a problem executing the workflow",
        "The execution was cancelled because it timed out",
        "No item to return was found"
      })
  void aWorkflowThatHadAProblemMayHaveRun(String message) {
    assertUnknown(answered(500, JSON, "{\"code\":0,\"message\":\"" + message + "\"}"), 500);
  }

  @Test
  void anyOtherInternalErrorMayPass() {
    assertNotNow(answered(500, JSON, "{\"message\":\"disk full\"}"), Obstacle.TROUBLED, 500);
    assertNotNow(answered(500, HTML, "<h1>Oops</h1>"), Obstacle.TROUBLED, 500);
    assertNotNow(
        answered(503, JSON, "{\"message\":\"Database is not ready!\"}"), Obstacle.TROUBLED, 503);
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 502, 504, 505, 520, 599})
  void behindAFailingGatewayTheWorkflowMayRun(int status) {
    assertUnknown(answered(status, HTML, "<h1>Bad gateway</h1>"), status);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 405, 407, 409, 410, 413, 415, 422, 451})
  void otherClientErrorsAreRefused(int status) {
    TriggerOutcome outcome = answered(status, JSON, "{\"message\":\"not like this\"}");

    assertRefused(outcome, status);
    assertThat(outcome.reason()).endsWith(" answered " + status + ": not like this");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aRefusedKeyIsNamedAsThePossibleReason(int status) {
    TriggerOutcome outcome = answered(status, JSON, "Authorization data is wrong!");

    assertRefused(outcome, status);
    assertThat(outcome.reason())
        .endsWith(" answered " + status
            + ", it may want another key than it was sent, see n8n.api_key (N8N_API_KEY) and n8n.keys:"
            + " Authorization data is wrong!");
  }

  @Test
  void aMissingKeyIsNamedAsThePossibleReason() {
    try (ScriptedServer server = ScriptedServer.answering(
            ScriptedServer.http(401, "WWW-Authenticate: Basic realm=\"n8n\"", JSON, ""));
        N8nTrigger trigger = Calls.trigger(Calls.settings().build())) {
      TriggerOutcome outcome =
          Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url("/"))));

      assertRefused(outcome, 401);
      assertThat(outcome.reason())
          .endsWith(
              "it may want a key, and neither n8n.api_key (N8N_API_KEY) nor n8n.keys has one for it");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void redirectsAreNotFollowed(int status) {
    try (ScriptedServer elsewhere =
            ScriptedServer.answering(ScriptedServer.http(200, "", JSON, "{}"));
        ScriptedServer server = ScriptedServer.answering(ScriptedServer.http(
            status, "Location: " + elsewhere.url("/secret?token=1"), JSON, ""))) {
      TriggerOutcome outcome = Calls.call(server.url("/webhook/kpi-1"));

      assertRefused(outcome, status);
      assertThat(outcome.reason())
          .endsWith(" answered "
              + status
              + ", a redirect to http://127.0.0.1; redirects are not followed");
      assertThat(elsewhere.requests()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/elsewhere", "::not a url::", ""})
  void aRedirectToNowhereIsRefusedToo(String location) {
    TriggerOutcome outcome = answered(ScriptedServer.http(302, "Location: " + location, JSON, ""));

    assertThat(outcome.reason()).endsWith("answered 302, a redirect; redirects are not followed");
  }

  @Test
  void aStatusOutsideTheStandardSaysNothing() {
    assertUnknown(answered(700, JSON, "{}"), 700);
  }

  @Test
  void aReasonIsOneShortLineWithoutTheKey() {
    TriggerOutcome outcome = answered(
        400,
        "text/plain",
        "you sent Bearer " + Calls.KEY + "\r\n\u001b[31mred\u0007 " + "x".repeat(70_000));

    assertThat(outcome.reason())
        .doesNotContain(Calls.KEY)
        .contains("you sent Bearer *** \\u001b[31mred\\u0007 xxx")
        .hasSizeLessThan(200)
        .hasLineCount(1);
  }

  @Test
  void noReasonBeginsAsTheCoreBeginsAnUnknownOutcome() {
    assertThat(answered(502, JSON, "{}").reason()).startsWith("127.0.0.1:");
  }

  private static TriggerOutcome answered(int status, String type, String body) {
    return answered(ScriptedServer.http(status, "", type, body));
  }

  private static TriggerOutcome answered(String answer) {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      TriggerOutcome outcome = Calls.call(server.url("/webhook/kpi-1"));
      assertThat(server.requests()).hasSize(1);
      return outcome;
    }
  }

  private static void assertNotNow(TriggerOutcome outcome, Obstacle obstacle, int status) {
    assertThat(outcome).isEqualTo(new NotNow(obstacle, outcome.reason(), status, null));
  }

  private static void assertRefused(TriggerOutcome outcome, int status) {
    assertThat(outcome).isEqualTo(new Refused(outcome.reason(), status));
  }

  private static void assertUnknown(TriggerOutcome outcome, int status) {
    assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), status));
  }
}
