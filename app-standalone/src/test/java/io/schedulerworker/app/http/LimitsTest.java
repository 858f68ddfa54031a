package io.schedulerworker.app.http;

import static io.schedulerworker.app.http.RoutingTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Wire.Reply;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client can take of the server: no more than this. */
class LimitsTest {
  private static final int MAX_BODY = 64 << 20;

  private static final Route SIZE = Route.blocking(
          "PUT",
          "/size",
          Access.OPEN,
          request -> Response.json(200, "" + request.body().size()))
      .withMaxBody(MAX_BODY);

  private final Logs logs = new Logs();
  private HttpService service;

  @BeforeEach
  void start() throws IOException {
    service = Services.with(Services.hasty(), Services.HEALTH, Services.ECHO, SIZE);
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

  private static String head(String method, String target, String... headers) {
    return method + " " + target + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  @Test
  void aHeadOfNearly16KilobytesIsRead() throws IOException {
    String request = head("GET", "/api/health", "X-Long: " + "a".repeat((16 << 10) - 100));
    assertThat(Wire.ask(service.address(), request).status()).isEqualTo(200);
  }

  @Test
  void aLargerHeadIsRefused() throws IOException {
    String request = head("GET", "/api/health", "X-Long: " + "a".repeat(16 << 10));
    assertProblem(Wire.ask(service.address(), request), 431, "Request Header Fields Too Large");
  }

  @Test
  void aLargerTargetIsRefused() throws IOException {
    String request = head("GET", "/api/health?" + "a".repeat(16 << 10));
    assertProblem(Wire.ask(service.address(), request), 414, "URI Too Long");
  }

  @Test
  void aHeadWithoutEndIsRefused() throws IOException {
    try (Wire wire = wire()) {
      wire.say("GET / HTTP/1.1\r\n");
      for (int i = 0; i < 400; i++) {
        wire.say("X-" + i + ": " + "a".repeat(50) + "\r\n");
      }
      assertThat(wire.reply().status()).isEqualTo(431);
    }
  }

  @Test
  void aHeadThatComesByteAfterByteIsCutOff() throws IOException {
    try (Wire wire = wire();
        Drip drip = new Drip(wire)) {
      drip.say("GET /api/health HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
      assertProblem(wire.reply(), 408, "Request Timeout");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aSecondHeadOnTheSameConnectionIsCutOffToo() throws IOException {
    try (Wire wire = wire()) {
      assertThat(wire.say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
      try (Drip drip = new Drip(wire)) {
        drip.say("GET /api/health HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(wire.reply().status()).isEqualTo(408);
      }
    }
  }

  @Test
  void aBodyThatComesByteAfterByteIsCutOff() throws IOException {
    try (Wire wire = wire().say(head("POST", "/echo", "Content-Length: 1000"));
        Drip drip = new Drip(wire)) {
      drip.say("b".repeat(500));
      assertProblem(wire.reply(), 408, "Request Timeout");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aBodyThatStopsComingIsCutOff() throws IOException {
    try (Wire wire = wire().say(head("POST", "/echo", "Content-Length: 1000") + "half")) {
      assertThat(wire.reply().status()).isEqualTo(408);
    }
  }

  @Test
  void aSteadyBodyMayTakeLonger() throws Exception {
    try (Wire wire = wire().say(head("POST", "/echo", "Content-Length: 40000"))) {
      for (int i = 0; i < 20; i++) {
        wire.say("b".repeat(2_000));
        pause(Duration.ofMillis(80));
      }
      assertThat(wire.reply().text()).hasSize(40_000);
    }
  }

  /** The pace of a client is what is tested here. */
  private static void pause(Duration time) throws InterruptedException {
    new CompletableFuture<Void>()
        .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  @Test
  void slowBodiesHoldNoThread() throws IOException {
    List<Wire> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        slow.add(wire().say(head("POST", "/echo", "Content-Length: 1000") + "b"));
      }
      assertThat(Wire.ask(service.address(), Wire.post("/echo", "quick")).text())
          .isEqualTo("quick");
      for (Wire each : slow) {
        assertThat(each.reply().status()).isEqualTo(408);
      }
    } finally {
      close(slow);
    }
  }

  private static void close(List<Wire> wires) throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test
  void aBodyMayFillTheLimit() throws IOException {
    String body = "b".repeat(Route.USUAL_MAX_BODY);
    assertThat(Wire.ask(service.address(), Wire.post("/echo", body)).text()).isEqualTo(body);
  }

  @Test
  void aLargerBodyIsRefusedBeforeItComes() throws IOException {
    try (Wire wire = wire().say(head("POST", "/echo", "Content-Length: 1048577"))) {
      assertProblem(wire.reply(), 413, "Content Too Large");
    }
  }

  @Test
  void aLargerBodyIsRefusedWhileItComes() throws IOException {
    try (Wire wire = wire()) {
      sayAsMuchAsIsTaken(wire, Wire.post("/echo", "b".repeat(3 * Route.USUAL_MAX_BODY)));
      Reply reply = wire.reply();
      assertProblem(reply, 413, "Content Too Large");
      assertThat(reply.header("Connection")).isEqualTo("close");
    }
  }

  /** A server that has refused may hang up while there is more to say; its answer is there all the same. */
  private static void sayAsMuchAsIsTaken(Wire wire, String text) throws IOException {
    try {
      wire.say(text);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("roken pipe");
    }
  }

  @Test
  void chunksWithoutEndAreRefused() throws IOException {
    String chunk = "10000\r\n" + "c".repeat(0x10000) + "\r\n";
    try (Wire wire = wire().say(head("POST", "/echo", "Transfer-Encoding: chunked"))) {
      for (int i = 0; i < 17; i++) {
        wire.say(chunk);
      }
      assertProblem(wire.reply(), 413, "Content Too Large");
    }
  }

  @Test
  void chunksThatEndAreABody() throws IOException {
    String request = head("POST", "/echo", "Transfer-Encoding: chunked")
        + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
    assertThat(Wire.ask(service.address(), request).text()).isEqualTo("abcde");
  }

  @Test
  void brokenChunksAreRefused() throws IOException {
    String request = head("POST", "/echo", "Transfer-Encoding: chunked") + "zz\r\nabc\r\n";
    assertProblem(Wire.ask(service.address(), request), 400, "Bad Request");
  }

  @Test
  void aBodyThatEndsEarlyIsRefused() throws IOException {
    try (Wire wire =
        wire().say(head("POST", "/echo", "Content-Length: 10") + "abc").end()) {
      assertProblem(wire.reply(), 400, "Bad Request");
    }
  }

  @Test
  void whatFollowsABodyIsTheNextRequest() throws IOException {
    try (Wire wire = wire().say(Wire.post("/echo", "abc") + "garbage\r\n\r\n")) {
      assertThat(wire.reply().text()).isEqualTo("abc");
      assertThat(wire.reply().status()).isEqualTo(400);
    }
  }

  @Test
  void aBodyThatIsNotUtf8IsRefusedByWhoReadsItAsText() throws IOException {
    try (Wire wire = wire().say(head("POST", "/echo", "Content-Length: 1")).say(new byte[] {-1})) {
      assertProblem(wire.reply(), 400, "Bad Request");
    }
  }

  @Test
  void aRegistryOf64MegabytesIsRead() throws IOException {
    try (Wire wire = wire().say(head("PUT", "/size", "Content-Length: " + MAX_BODY))) {
      byte[] part = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        wire.say(part);
      }
      assertThat(wire.reply().text()).isEqualTo("" + MAX_BODY);
    }
  }

  @Test
  void whatIsAnnouncedAndDoesNotComeCostsNothing() throws IOException {
    List<Wire> liars = new ArrayList<>();
    long before = Heap.used();
    try {
      for (int i = 0; i < 100; i++) {
        liars.add(wire().say(head("PUT", "/size", "Content-Length: " + MAX_BODY) + "b"));
      }
      assertThat(Wire.ask(service.address(), Wire.get("/api/health")).status()).isEqualTo(200);
      assertThat(Heap.used() - before).isLessThan(16 << 20);
    } finally {
      close(liars);
    }
  }

  @Test
  void bodiesShareTheirMemoryUntilTheyAreAnswered() throws Exception {
    Limits usual = Services.hasty();
    Limits tight = new Limits(
        usual.headTime(),
        usual.transferTime(),
        usual.transferRate(),
        usual.idleTime(),
        usual.connections(),
        1 << 20,
        2,
        2,
        usual.patience());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Route holding = Route.blocking("POST", "/hold", Access.OPEN, request -> {
      entered.countDown();
      released.await();
      return Response.json(200, "held");
    });
    try (HttpService small = Services.with(tight, holding, Services.ECHO);
        Wire first = new Wire(small.address())) {
      first.say(Wire.post("/hold", "b".repeat(1 << 20)));
      entered.await();
      Reply refused = Wire.ask(small.address(), Wire.post("/echo", "b"));
      assertProblem(refused, 503, "Service Unavailable");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      released.countDown();
      assertThat(first.reply().text()).isEqualTo("held");
      assertThat(Wire.ask(small.address(), Wire.post("/echo", "b")).text()).isEqualTo("b");
    }
  }

  @Test
  void silentConnectionsMakeRoomWhenThereAreTooMany() throws IOException {
    Limits usual = Services.hasty();
    Limits few = new Limits(
        usual.headTime(),
        usual.transferTime(),
        usual.transferRate(),
        Duration.ofMinutes(5),
        10,
        usual.bodyMemory(),
        4,
        4,
        usual.patience());
    List<Wire> silent = new ArrayList<>();
    try (HttpService small = Services.with(few, Services.HEALTH)) {
      for (int i = 0; i < 30; i++) {
        silent.add(new Wire(small.address()));
        assertThat(silent.get(i).say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
      }
      assertThat(silent.get(0).isClosed()).isTrue();
      assertThat(silent.get(29).say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
    } finally {
      close(silent);
    }
  }

  @Test
  void aSilentConnectionIsClosedInTheEnd() throws IOException {
    Limits usual = Services.hasty();
    Limits brief = new Limits(
        usual.headTime(),
        usual.transferTime(),
        usual.transferRate(),
        Duration.ofMillis(200),
        usual.connections(),
        usual.bodyMemory(),
        4,
        4,
        usual.patience());
    try (HttpService impatient = Services.with(brief, Services.HEALTH);
        Wire fresh = new Wire(impatient.address());
        Wire used = new Wire(impatient.address())) {
      assertThat(used.say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
      assertThat(fresh.isClosed()).isTrue();
      assertThat(used.isClosed()).isTrue();
    }
  }

  @Test
  void whoDoesNotReadTheAnswerIsCutOff() throws Exception {
    byte[] large = new byte[16 << 20];
    Route export = Route.blocking(
        "GET", "/export", Access.OPEN, request -> Response.of(200, "text/plain", large));
    Limits usual = Services.hasty();
    Limits swift = new Limits(
        usual.headTime(),
        usual.transferTime(),
        64 << 20,
        Duration.ofMinutes(5),
        usual.connections(),
        usual.bodyMemory(),
        4,
        4,
        usual.patience());
    try (HttpService generous = Services.with(swift, export);
        Wire wire = new Wire(generous.address())) {
      wire.say(Wire.get("/export"));
      assertThat(wire.tail(Duration.ofMillis(1_500))).isLessThan(large.length);
    }
  }

  @Test
  void aLargeAnswerArrivesWhole() throws IOException {
    String large = "0123456789".repeat(1 << 20);
    Route export =
        Route.blocking("GET", "/export", Access.OPEN, request -> Response.json(200, large));
    try (HttpService generous = Services.with(export)) {
      assertThat(Wire.ask(generous.address(), Wire.get("/export")).text()).isEqualTo(large);
    }
  }
}
