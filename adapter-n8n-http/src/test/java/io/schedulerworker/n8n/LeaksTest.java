package io.schedulerworker.n8n;

import static io.schedulerworker.n8n.BadServer.answering;
import static io.schedulerworker.n8n.BadServer.flooding;
import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Accepted;
import io.schedulerworker.port.TriggerOutcome.Unknown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What many bad answers leave behind while the trigger stays open: no connection, no thread, no memory. */
@Isolated
class LeaksTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final int CALLS = 300;
  private static final int AT_ONCE = 50;
  private static final long MB = 1 << 20;

  private static final List<BadServer.Act> WORST = List.of(
      answering("no HTTP at all\r\n\r\n"),
      answering(OK + "X Y: 1\r\n\r\n"),
      answering(OK + "Content-Length: abc\r\n\r\n"),
      answering("HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\nhello"),
      answering("HTTP/1.1 101 Switch\r\n\r\n"),
      answering(OK + "X: ").then(BadServer::reset),
      answering(""),
      answering(OK + "Content-Length: 99999\r\n\r\n" + "x".repeat(65_000)),
      flooding("", "HTTP/1.1 103 Hints\r\n\r\n"),
      flooding(OK, "X-Header: 0123456789\r\n"),
      flooding(OK + "X: ", "x"),
      flooding(OK + "\r\n", "x"),
      flooding(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
      BadServer::reset);

  @Test
  void manyBadAnswersLeaveNothingBehind() throws Exception {
    AtomicInteger next = new AtomicInteger();
    BadServer.Act inTurn =
        connection -> WORST.get(next.getAndIncrement() % WORST.size()).on(connection);
    try (BadServer server = new BadServer(inTurn);
        N8nTrigger trigger = Calls.trigger(Calls.settings(null, Duration.ofMillis(500)))) {
      call(trigger, server, AT_ONCE);
      server.awaitAllClosed();
      long files = settled(LeaksTest::openFiles, 0);
      long threads = settled(LeaksTest::threads, 0);
      long heap = usedHeap();

      for (int called = 0; called < CALLS; called += AT_ONCE) {
        call(trigger, server, AT_ONCE);
      }
      server.awaitAllClosed();

      assertThat(settled(LeaksTest::openFiles, files + 10)).isLessThanOrEqualTo(files + 10);
      assertThat(settled(LeaksTest::threads, threads + 10)).isLessThanOrEqualTo(threads + 10);
      assertThat(usedHeap() - heap).isLessThan(5 * MB);
    }
  }

  @Test
  void aLongAnswerIsNeverInMemory() throws Exception {
    AtomicLong sent = new AtomicLong();
    String part = "x".repeat(65_536);
    BadServer.Act long200Mb = answering(OK + "Content-Length: " + 200 * MB + "\r\n\r\n")
        .then(connection -> {
          for (int i = 0; i < 200 * MB / part.length(); i++) {
            BadServer.send(connection, part);
            sent.addAndGet(part.length());
          }
        });
    try (BadServer server = new BadServer(long200Mb);
        N8nTrigger trigger = Calls.trigger()) {
      Calls.outcome(trigger.trigger(Calls.request("warm", server.url())));
      server.awaitAllClosed();
      long heap = usedHeap();
      sent.set(0);

      assertThat(Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url()))))
          .isEqualTo(new Accepted(200));
      server.awaitAllClosed();
      assertThat(usedHeap() - heap).isLessThan(3 * MB);
      // Most of it in the sockets' buffers, which are not our memory.
      assertThat(sent.get()).isLessThan(20 * MB);
    }
  }

  @Test
  void aHeadWithoutEndHoldsItsMemoryForTheAttemptAtMost() throws Exception {
    try (BadServer server = new BadServer(flooding(OK, "a line that is no header\r\n"));
        N8nTrigger trigger = Calls.trigger(Calls.settings(null, Duration.ofSeconds(1)))) {
      Calls.outcome(trigger.trigger(Calls.request("warm", server.url())));
      long heap = usedHeap();
      TriggerOutcome outcome = Calls.outcome(trigger.trigger(Calls.request("kpi-1", server.url())));

      assertThat(outcome).isEqualTo(new Unknown(outcome.reason(), null));
      server.awaitAllClosed();
      assertThat(usedHeap() - heap).isLessThan(3 * MB);
    }
  }

  @Test
  void aCloseEndsTheClientsAndTheirConnections() throws Exception {
    long before = settled(LeaksTest::clients, 0);
    BadServer.Act each = answering(OK + "Content-Length: 0\r\n\r\n");
    BadServer.Act untilItLeaves = connection -> {
      while (true) {
        each.on(connection);
      }
    };
    try (BadServer server = new BadServer(untilItLeaves)) {
      N8nTrigger trigger = Calls.trigger();
      call(trigger, server, 3);
      assertThat(clients()).isEqualTo(before + Clients.EACH);
      trigger.close();
      assertThat(settled(LeaksTest::clients, before)).isEqualTo(before);
      server.awaitAllClosed();
    }
  }

  private static long clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("-SelectorManager"))
        .count();
  }

  private static void call(N8nTrigger trigger, BadServer server, int times) {
    List<CompletionStage<TriggerOutcome>> outcomes = IntStream.range(0, times)
        .mapToObj(i -> trigger.trigger(Calls.request("kpi-" + i, server.url())))
        .toList();
    outcomes.forEach(Calls::outcome);
  }

  /** The value once it has come down to the limit, or after some seconds: what was closed is not gone in that moment. */
  private static long settled(LongSupplier value, long limit) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(limit == 0 ? 1 : 10).toNanos();
    while (value.getAsLong() > limit && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    return value.getAsLong();
  }

  private static long openFiles() {
    Path files = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(files));
    try (Stream<Path> open = Files.list(files)) {
      return open.count();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().size();
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
