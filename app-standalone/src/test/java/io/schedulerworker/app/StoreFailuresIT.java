package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

/** What a store refuses is one line, which names the setting and shows no password. */
class StoreFailuresIT {
  private static int port;
  private static RedisServer redis;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    redis = RedisServer.newRedisServer()
        .port(port)
        .bind("127.0.0.1")
        .setting("user default off")
        .setting("user worker on >hunter2 resetkeys ~jobs:* +@all -@admin -@dangerous")
        .build();
    redis.start();
  }

  @AfterAll
  static void stop() throws IOException {
    redis.stop();
  }

  private static AppProcess.Result jobs(String uri) {
    AppProcess.Result result = AppProcess.quick()
        .env("AWS_ACCESS_KEY_ID", "a")
        .env("AWS_SECRET_ACCESS_KEY", "hunter2")
        .env("JOBS_KV", uri)
        .run("jobs", "list");
    assertThat(result.err() + result.out()).doesNotContain("hunter");
    return result;
  }

  private static String redis(String user, String prefix) {
    return "redis://" + user + "@127.0.0.1:" + port + "/0?prefix=" + prefix;
  }

  @Test
  void aUserOfRedisIsServed() {
    jobs(redis("worker:hunter2", "jobs:")).assertExit(0);
  }

  @Test
  void aWrongPasswordForRedisIsAMistake() {
    jobs(redis("worker:hunter3", "jobs:")).assertMistake("jobs_kv: redis://127.0.0.1", "WRONGPASS");
  }

  @Test
  void aMissingRightInRedisIsAMistake() {
    jobs(redis("worker:hunter2", "other:")).assertMistake("jobs_kv: redis://127.0.0.1", "NOPERM");
  }

  @Test
  void aBadAddressIsAMistake() {
    jobs("redis://u:hunter2@127.0.0.1:x").assertMistake("jobs_kv", "redis://");
    jobs("dynamodb://u:hunter2@table").assertMistake("jobs_kv", "dynamodb://");
  }

  @Test
  void aServerThatIsGoneIsOutOfReach() {
    assertOutOfReach(jobs("redis://:hunter2@127.0.0.1:1"), "jobs_kv: redis://127.0.0.1:1");
    assertOutOfReach(
        jobs("dynamodb://jobs?region=eu-central-1&endpoint=http://127.0.0.1:1"),
        "jobs_kv: dynamodb://jobs");
  }

  private static void assertOutOfReach(AppProcess.Result result, String said) {
    result.assertExit(3);
    assertThat(result.errLines()).singleElement().asString().contains(said);
  }

  @ParameterizedTest
  @CsvSource({
    "ResourceNotFoundException, stores create",
    "AccessDeniedException, AccessDenied:",
    "UnrecognizedClientException, UnrecognizedClient:"
  })
  void whatDynamoRefusesIsAMistake(String code, String said) throws IOException {
    String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code
        + "\",\"message\":\"as the test wants\"}";
    try (WebhookServer dynamo =
        new WebhookServer().answer("/", new WebhookServer.Answer(400, body))) {
      jobs("dynamodb://jobs?region=eu-central-1&endpoint=" + dynamo.url(""))
          .assertMistake("jobs_kv: dynamodb://jobs: ", said);
    }
  }
}
