package io.schedulerworker.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Beginning and end of the service. */
class StopTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Route hanging = Route.blocking("GET", "/hang", Access.OPEN, request -> {
    entered.release();
    released.await();
    return Response.json(200, "late");
  });

  @Test
  void aRequestUnderWayIsFinished() throws Exception {
    HttpService service = Services.with(hanging);
    try (Wire wire = new Wire(service.address()).say(Wire.get("/hang"))) {
      entered.acquire();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> service.stop(LONG));
      awaitRefusal(service.address());
      assertThat(stopped).isNotDone();
      released.countDown();
      Wire.Reply reply = wire.reply();
      assertThat(reply.text()).isEqualTo("late");
      assertThat(reply.header("Connection")).isEqualTo("close");
      stopped.join();
    }
  }

  /** The first connections may still be taken. */
  private static void awaitRefusal(InetSocketAddress address) throws IOException {
    while (true) {
      try {
        new Wire(address).close();
      } catch (SocketException e) {
        return;
      }
    }
  }

  @Test
  void aRequestThatDoesNotEndIsCutOffAfterTheGrace() throws Exception {
    HttpService service = Services.with(hanging);
    try (Wire wire = new Wire(service.address()).say(Wire.get("/hang"))) {
      entered.acquire();
      service.stop(Duration.ofMillis(100));
      assertThatThrownBy(wire::reply).isInstanceOf(IOException.class);
    }
  }

  @Test
  void silentConnectionsDoNotDelayTheEnd() throws Exception {
    HttpService service = Services.with(Services.HEALTH);
    try (Wire wire = new Wire(service.address())) {
      assertThat(wire.say(Wire.get("/api/health")).reply().status()).isEqualTo(200);
      long start = System.nanoTime();
      service.stop(LONG);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void stoppingTwiceIsStopping() throws IOException {
    HttpService service = Services.with(Services.HEALTH);
    service.close();
    service.close();
  }

  @Test
  void thePortIsFreeAgainAndNoThreadIsLeft() throws IOException {
    HttpService first = Services.with(Services.HEALTH);
    int port = first.address().getPort();
    assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
    first.close();
    try (HttpService second =
        HttpService.start("127.0.0.1", port, Services.options(), List.of(Services.HEALTH))) {
      assertThat(second.address().getPort()).isEqualTo(port);
    }
    for (Thread thread : threads()) {
      await(thread);
    }
    assertThat(threads()).isEmpty();
  }

  private static void await(Thread thread) {
    try {
      thread.join(LONG.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("http-"))
        .toList();
  }

  @Test
  void aPortInUseIsOneLine() throws IOException {
    try (HttpService first = Services.with(Services.HEALTH)) {
      int port = first.address().getPort();
      assertThatThrownBy(() ->
              HttpService.start("127.0.0.1", port, Services.options(), List.of(Services.HEALTH)))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen at 127.0.0.1:" + port
              + " (Address already in use): choose another address or port");
      assertThat(Wire.ask(first.address(), Wire.get("/api/health")).status()).isEqualTo(200);
    }
  }

  @Test
  void anAddressThatIsNotHereIsOneLine() {
    assertThatThrownBy(
            () -> HttpService.start("no.such.host.invalid", 0, Services.options(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at no.such.host.invalid:0 (")
        .hasMessageEndingWith("): choose another address or port");
  }
}
