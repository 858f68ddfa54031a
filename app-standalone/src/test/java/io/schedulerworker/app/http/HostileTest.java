package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that nobody sends by mistake: a safe answer, and not a line in the log. */
class HostileTest {
  private final Logs logs = new Logs();
  private HttpService service;

  @BeforeEach
  void start() throws IOException {
    service = Services.with(Services.hasty(), Services.HEALTH, Services.ECHO);
  }

  @AfterEach
  void stop() {
    service.close();
    logs.close();
    assertThat(logs.lines()).isEmpty();
  }

  private Wire wire() throws IOException {
    return new Wire(service.address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET /api/health\r\n\r\n",
        "GET /api/health HTTP/0.9\r\n\r\n",
        "GET /api/health HTTP/3.0\r\nHost: x\r\n\r\n",
        "GET /api/health HTTP/1.1\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\nHost: y<script>\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x y\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x:99999999\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\n folded: b\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
        "GET http://y/api/health HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET http://[/api/health HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /<script>alert(1)</script> HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/health#part HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        "TRACE /api/health HTTP/1.1\r\nHost: x\r\n\r\n",
        "G<script>T / HTTP/1.1\r\nHost: x\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\nab",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nContent-Length: 1\r\n\r\na",
      })
  void isRefusedAsAProblem(String request) throws IOException {
    Reply reply = Wire.ask(service.address(), request);
    assertThat(reply.status()).isBetween(400, 505).isNotEqualTo(500);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.headers()).doesNotContainKey("server");
    assertThat(reply.text()).startsWith("{\"type\":").doesNotContain("script");
    assertHealthy();
  }

  @Test
  void anUpgradeIsNotTaken() throws IOException {
    String request = """
        GET /api/health HTTP/1.1
        Host: x
        Connection: Upgrade, HTTP2-Settings
        Upgrade: h2c
        HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA

        """;
    assertThat(Wire.ask(service.address(), crlf(request)).status()).isEqualTo(200);
  }

  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  @Test
  void anOldClientIsServedAndTheConnectionClosed() throws IOException {
    try (Wire wire = wire().say("GET /api/health HTTP/1.0\r\n\r\n")) {
      assertThat(wire.reply().status()).isEqualTo(200);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void whoAsksBeforeSendingIsToldToGoOn() throws IOException {
    try (Wire wire = wire()
        .say(
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")) {
      assertThat(wire.reply().status()).isEqualTo(100);
      assertThat(wire.say("ab").reply().text()).isEqualTo("ab");
    }
  }

  @Test
  void requestsThatFollowEachOtherAreAnsweredInTheirOrder() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      requests.append(i % 3 == 0 ? Wire.get("/nowhere") : Wire.post("/echo", "" + i));
    }
    try (Wire wire = wire().say(requests.toString())) {
      for (int i = 0; i < 200; i++) {
        Reply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(i % 3 == 0 ? 404 : 200);
        assertThat(reply.text())
            .satisfiesAnyOf(
                text -> assertThat(text).contains("nothing at this path"),
                text -> assertThat(text).isNotEmpty());
      }
    }
  }

  @Test
  void noiseIsNoReasonToFail() throws IOException {
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(noise);
      shout(noise);
    }
    assertHealthy();
  }

  /** Many at once, since what goes wrong between two threads of one connection seldom does. */
  @Test
  void noiseFromManySidesIsNoReasonToFail() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Void>> noises = IntStream.range(0, 16).mapToObj(this::noise).toList();
      for (Future<Void> noise : clients.invokeAll(noises)) {
        noise.get();
      }
    } finally {
      clients.shutdown();
    }
    assertHealthy();
  }

  private Callable<Void> noise(int seed) {
    return () -> {
      Random random = new Random(seed);
      for (int i = 0; i < 100; i++) {
        byte[] noise = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(noise);
        shout(noise);
      }
      return null;
    };
  }

  @Test
  void aRequestWithAnyByteChangedIsNoReasonToFail() throws IOException {
    Random random = new Random(43);
    String valid = """
        POST /echo?a=%20b HTTP/1.1
        Host: x
        Transfer-Encoding: chunked
        Authorization: Bearer x
        Connection: keep-alive

        3
        abc
        0

        """;
    byte[] request = crlf(valid).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 600; i++) {
      byte[] changed = request.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      shout(changed);
    }
    assertHealthy();
  }

  /** Says it and is gone, now and then before the answer. */
  private void shout(byte[] bytes) throws IOException {
    try (Wire wire = wire()) {
      wire.say(bytes).end();
      if (bytes.length % 2 == 0) {
        wire.isClosed();
      }
    }
  }

  private void assertHealthy() throws IOException {
    assertThat(Wire.ask(service.address(), Wire.get("/api/health")).status()).isEqualTo(200);
  }
}
