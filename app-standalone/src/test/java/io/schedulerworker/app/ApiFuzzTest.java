package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.schedulerworker.app.FuzzedRequests.Kind;
import io.schedulerworker.app.FuzzedRequests.Sent;
import io.schedulerworker.system.SystemClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent is answered as the description has it, and health answers meanwhile. {@code -Dapi.fuzz.requests=N} and
 * {@code -Dapi.fuzz.seed=N} say how much and what.
 */
class ApiFuzzTest {
  private static final int REQUESTS = Integer.getInteger("api.fuzz.requests", 10_000);
  private static final long SEED = Long.getLong("api.fuzz.seed", System.nanoTime() % 1_000_000);
  private static final int SENDERS = 2;
  private static final int MOST_FAULTS = 10;
  private static final int FEW = 10;
  private static final int MOST_HTTP_THREADS = 40;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration USUAL_HEALTH = Duration.ofMillis(50);

  /** Of one answer in a hundred, on a machine that may be busy with other things. */
  private static final Duration SLOW_HEALTH = Duration.ofSeconds(1);

  @TempDir
  Path directory;

  private final OpenApi api = OpenApi.read();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
  private final Queue<Long> health = new ConcurrentLinkedQueue<>();
  private final AtomicLong slowest = new AtomicLong();
  private final AtomicReference<String> job = new AtomicReference<>();

  @Test
  void whateverIsSentIsAnsweredAsDescribed() throws Exception {
    Path settings = Files.writeString(directory.resolve("s.toml"), """
        public_url = "http://127.0.0.1"
        callback_secret = "0123456789abcdef"
        request_log = "none"
        [[schedules]]
        id = "yearly"
        cron = "0 0 1 1 *"
        """);
    try (WebhookServer n8n = new WebhookServer();
        TestService service = TestService.start(new SystemClock(), settings)) {
      String registry = Registry.of(2, n8n);
      aJobIsMade(service.register(registry));
      long files = openFiles();
      send(service.service().url(), registry);
      report();
      aJobIsMade(service.register(registry));
      Await.until(
          () -> openFiles() + " files are open, and were " + files,
          SOON,
          () -> openFiles() <= files + FEW);
    }
    assertThat(faults).as("-Dapi.fuzz.seed=" + SEED).isEmpty();
    assertThat(answers).containsKeys(200, 202, 400, 401, 404, 405, 413, 422);
    assertThat(quantile(0.5)).isLessThan(USUAL_HEALTH);
    assertThat(quantile(0.99)).isLessThan(SLOW_HEALTH);
  }

  private void aJobIsMade(TestService service) {
    ApiClient.Reply reply = service.api().post("/api/trigger?wait=true", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).doesNotContain("\"pending\"");
    job.set("/api/jobs/" + reply.json().get("traceId"));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("http-"))
        .hasSizeLessThan(MOST_HTTP_THREADS);
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private void send(URI service, String registry) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread asking = started(() -> askForHealth(service, over));
    List<Thread> senders = IntStream.range(0, SENDERS)
        .mapToObj(i ->
            new FuzzedRequests(SEED * SENDERS + i, List.copyOf(api.operations()), registry, job))
        .map(requests -> started(() -> send(service, requests)))
        .toList();
    for (Thread sender : senders) {
      sender.join();
    }
    over.set(true);
    asking.join();
  }

  private interface Task {
    void run() throws IOException;
  }

  private Thread started(Task task) {
    Thread thread = new Thread(() -> {
      try {
        task.run();
      } catch (IOException | RuntimeException | Error e) {
        faults.add(e.toString());
      }
    });
    thread.start();
    return thread;
  }

  private void askForHealth(URI service, AtomicBoolean over) throws IOException {
    byte[] request =
        RawConnection.request("GET", "/api/health", "").getBytes(StandardCharsets.UTF_8);
    try (RawConnection connection = new RawConnection(service)) {
      while (!over.get()) {
        long start = System.nanoTime();
        connection.say(request);
        OpenApi.Answer answer = connection.answer(false);
        health.add(System.nanoTime() - start);
        if (answer == null || answer.status() != 200) {
          faults.add("health: " + answer);
          return;
        }
      }
    }
  }

  private void send(URI service, FuzzedRequests requests) throws IOException {
    RawConnection connection = new RawConnection(service);
    try {
      for (int i = 0; i < REQUESTS / SENDERS && faults.size() < MOST_FAULTS; i++) {
        if (!connection.isOpen()) {
          connection.close();
          connection = new RawConnection(service);
        }
        Sent sent = requests.next();
        long start = System.nanoTime();
        ask(connection, sent);
        slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
      }
    } finally {
      connection.close();
    }
  }

  private void ask(RawConnection connection, Sent sent) {
    try {
      connection.say(sent.bytes());
      if (sent.kind() != Kind.WHOLE) {
        connection.end();
      }
      check(sent, connection.answer(sent.method().equals("HEAD")));
      if (!sent.text().contains(" HTTP/1.1\r\n")) {
        // Of another version a connection has one request, unless it asks for more.
        connection.isLost();
      }
    } catch (IOException e) {
      connection.isLost();
      if (sent.kind() == Kind.WHOLE) {
        faults.add(sent + "\n: " + e);
      }
    }
  }

  private void check(Sent sent, OpenApi.Answer answer) {
    if (answer == null) {
      if (sent.kind() == Kind.WHOLE) {
        faults.add("no answer: " + sent);
      }
      return;
    }
    answers.computeIfAbsent(answer.status(), each -> new LongAdder()).increment();
    List<String> found = sent.kind() == Kind.NOISE
        ? api.unread("GET", answer)
        : api.faults(sent.method(), sent.path(), answer);
    if (!found.isEmpty() || answer.status() == 500) {
      faults.add(found + "\n" + answer + "\n: " + sent);
    }
  }

  private Duration quantile(double part) {
    List<Long> sorted = health.stream().sorted().toList();
    return Duration.ofNanos(sorted.get((int) (sorted.size() * part)));
  }

  private void report() {
    System.out.printf(
        "-Dapi.fuzz.seed=%d -Dapi.fuzz.requests=%d: %s; %d times health, median %s, p99 %s; slowest answer %s%n",
        SEED,
        REQUESTS,
        new TreeMap<>(answers),
        health.size(),
        quantile(0.5),
        quantile(0.99),
        Duration.ofNanos(slowest.get()));
  }
}
