package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.WebhookServer.Answer;
import io.schedulerworker.app.http.Logs;
import io.schedulerworker.app.outbox.Lane;
import io.schedulerworker.app.outbox.Letter;
import io.schedulerworker.app.outbox.Outbox;
import io.schedulerworker.app.outbox.Patience;
import io.schedulerworker.testing.SimulatedClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent by itself, on simulated time, to a server that is as bad as it likes. */
class OutboxTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LITTLE = Duration.ofMillis(300);
  private static final String PATH = "/planted-secret";
  private static final Patience PATIENT =
      new Patience(3, Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(1), false);
  private static final Patience NEWEST_ONLY =
      new Patience(3, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5), true);

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2025-08-14T12:00:00Z"));
  private final Outbox outbox = new Outbox("test/1", clock);
  private final AtomicInteger failures = new AtomicInteger();
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final Logs logs = new Logs();
  private WebhookServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WebhookServer();
  }

  @AfterEach
  void stop() {
    outbox.close(Duration.ZERO);
    server.close();
    logs.close();
    assertThat(logs.lines()).noneMatch(line -> line.contains("planted"));
  }

  private Lane lane(Patience patience) {
    return outbox.lane("letters", patience, failures::incrementAndGet);
  }

  private Letter letter(String text) {
    return new Letter(
        URI.create(server.url(PATH) + "?token=planted"),
        "text/plain",
        dropped -> dropped == 0 ? text : text + " after " + dropped,
        () -> arrived.add(text));
  }

  private List<String> bodies() {
    return server.calls().stream().map(WebhookServer.Call::body).toList();
  }

  private void awaitArrived(int count) {
    Await.until(() -> bodies() + " " + arrived, SOON, () -> {
      clock.advance(Duration.ofSeconds(1));
      return arrived.size() == count;
    });
  }

  /** Until so many attempts have failed, and the lane waits. */
  private void awaitFailures(int count) {
    Await.until(() -> "failures: " + failures, SOON, () -> failures.get() >= count);
    Await.until(() -> "no timer", SOON, () -> clock.pendingTimers() > 0);
  }

  private List<String> said(String text) {
    return logs.lines().stream().filter(line -> line.contains(text)).toList();
  }

  @Test
  void whatFailsIsTriedAgainInOrderAndTheLogSaysSoOnce() {
    server.answer(PATH, new Answer(500, ""), new Answer(302, ""), new Answer(200, "ok"));
    Lane lane = lane(PATIENT);
    lane.offer(letter("first"));
    lane.offer(letter("second"));
    awaitArrived(2);

    assertThat(bodies()).containsExactly("first", "first", "first", "second");
    assertThat(server.calls().get(0).header("User-Agent")).isEqualTo("test/1");
    assertThat(failures).hasValue(2);
    assertThat(said("letters do not reach 127.0.0.1:"))
        .singleElement()
        .asString()
        .contains("500");
    assertThat(said("letters reach 127.0.0.1:")).hasSize(1);
  }

  @Test
  void aServerThatAsksToBeLeftAloneIsLeftAloneWithinBounds() {
    server.answer(
        PATH,
        new Answer(429, "").with("Retry-After", "120"),
        new Answer(503, "").with("Retry-After", "999999999"),
        new Answer(200, ""));
    lane(PATIENT).offer(letter("x"));
    awaitFailures(1);
    clock.advance(Duration.ofSeconds(119));
    assertThat(clock.pendingTimers()).isOne();
    assertThat(server.calls()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    awaitFailures(2);
    clock.advance(Duration.ofMinutes(9));
    assertThat(clock.pendingTimers()).isOne();
    clock.advance(Duration.ofMinutes(1));
    Await.until(() -> "not arrived", SOON, () -> arrived.contains("x"));
  }

  @Test
  void afterAnHourALetterIsGivenUp() {
    server.answer(PATH, new Answer(500, ""));
    Lane lane = lane(PATIENT);
    lane.offer(letter("old"));
    Instant begun = clock.now();
    Await.until(() -> "still not an hour", SOON, () -> {
      clock.advanceToNextTimer();
      return clock.now().isAfter(begun.plus(Duration.ofMinutes(60)));
    });
    lane.offer(letter("new"));
    Await.until(() -> "still the old one", SOON, () -> {
      clock.advanceToNextTimer();
      return bodies().contains("new");
    });
    server.answer(PATH, new Answer(200, ""));
    awaitArrived(1);

    assertThat(arrived).containsExactly("new");
    assertThat(failures.get()).isBetween(8, 20);
    assertThat(said("letters reach")).singleElement().asString().endsWith("again; 1 did not");
  }

  @Test
  void aLetterThatIsNotLikedDoesNotHoldUpTheOthers() {
    Answer bad = new Answer(400, "");
    server.answer(PATH, bad, bad, bad, new Answer(200, ""));
    Lane lane = lane(PATIENT);
    lane.offer(letter("bad"));
    lane.offer(letter("good"));
    awaitArrived(1);
    assertThat(bodies()).containsExactly("bad", "bad", "bad", "good");
  }

  @Test
  void ofTooManyTheOldestAreDroppedAndTheNextSaysHowMany() throws InterruptedException {
    server.hold();
    Lane lane = lane(PATIENT);
    lane.offer(letter("0"));
    assertThat(server.awaitArrivals(1, SOON)).isTrue();
    List.of("1", "2", "3", "4", "5").forEach(text -> lane.offer(letter(text)));
    server.release(9);
    awaitArrived(4);
    assertThat(bodies()).containsExactly("0", "3 after 2", "4", "5");
  }

  @Test
  void whereTheNewestCountsAloneItTakesThePlaceOfWhatFailed() {
    server.answer(PATH, new Answer(500, ""), new Answer(200, ""));
    Lane lane = lane(NEWEST_ONLY);
    lane.offer(letter("old"));
    awaitFailures(1);
    lane.offer(letter("newer"));
    lane.offer(letter("newest"));
    awaitArrived(1);
    assertThat(bodies()).containsExactly("old", "newest");
  }

  @Test
  void aLongAnswerIsNotHeardToItsEnd() {
    server.answer(PATH, new Answer(200, "x".repeat(5_000_000)), new Answer(200, ""));
    Lane lane = lane(PATIENT);
    lane.offer(letter("one"));
    lane.offer(letter("two"));
    awaitArrived(2);
    assertThat(bodies()).containsExactly("one", "two");
  }

  @Test
  void lanesDoNotWaitForEachOther() throws InterruptedException {
    server.hold();
    lane(PATIENT).offer(letter("hangs"));
    lane(PATIENT).offer(letter("hangs too"));
    assertThat(server.awaitArrivals(2, SOON)).isTrue();
  }

  @Test
  void atTheEndWhatWaitsIsTriedOnceMore() {
    server.answer(PATH, new Answer(500, ""), new Answer(200, ""));
    Lane lane = lane(PATIENT);
    lane.offer(letter("one"));
    awaitFailures(1);
    lane.offer(letter("two"));
    outbox.close(SOON);
    assertThat(arrived).containsExactly("one", "two");
    lane.offer(letter("late"));
    assertThat(bodies()).containsExactly("one", "one", "two");
  }

  @Test
  void atTheEndAServerThatDoesNotAnswerIsNotWaitedFor() throws InterruptedException {
    server.hold();
    Lane lane = lane(PATIENT);
    lane.offer(letter("one"));
    assertThat(server.awaitArrivals(1, SOON)).isTrue();
    lane.offer(letter("two"));
    long began = System.nanoTime();
    outbox.close(LITTLE);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(said("letters were not delivered before the end: 2")).hasSize(1);
  }
}
