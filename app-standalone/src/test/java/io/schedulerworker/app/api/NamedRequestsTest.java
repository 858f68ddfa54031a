package io.schedulerworker.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.JobHandle;
import io.schedulerworker.model.KpiSelection;
import io.schedulerworker.model.RequestUnderWayException;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.testing.ManualExecutor;
import io.schedulerworker.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NamedRequestsTest {
  private static final TraceId ID = new TraceId("trace_20250814_120000_1k3j9q9o");
  private static final KpiSelection ALL = KpiSelection.all();

  private final SimulatedClock clock = new SimulatedClock(Instant.parse("2025-08-14T12:00:00Z"));
  private final ManualExecutor executor = new ManualExecutor();
  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final JobHandle made = new JobHandle(ID, 3, new CompletableFuture<>());
  private final List<String> asked = new ArrayList<>();
  private final NamedRequests requests = new NamedRequests(this::runOnce, clock, executor);

  private JobHandle runOnce(String key, KpiSelection selection) {
    asked.add(key);
    RuntimeException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return made;
  }

  private void isUnderWay(int times) {
    for (int i = 0; i < times; i++) {
      failures.add(new RequestUnderWayException(ID));
    }
  }

  private CompletableFuture<JobHandle> ask(String key, KpiSelection selection) {
    return requests.job(key, selection).toCompletableFuture();
  }

  private void pass(Duration time) {
    clock.advance(time);
    executor.runAll();
  }

  @Test
  void aJobThatIsThereIsTheAnswerAtOnce() {
    assertThat(ask("a", ALL)).isCompletedWithValue(made);
  }

  @Test
  void whoeverAsksWhileItIsBeingMadeWaitsForItWithoutAThread() {
    isUnderWay(3);
    CompletableFuture<JobHandle> answer = ask("a", ALL);
    pass(Duration.ofMillis(10));
    pass(Duration.ofMillis(20));
    assertThat(answer).isNotDone();
    pass(Duration.ofMillis(40));
    assertThat(answer).isCompletedWithValue(made);
    assertThat(asked).hasSize(4);
  }

  @Test
  void allOfANameWaitTogetherButNotThoseWhoAskForSomethingElse() {
    isUnderWay(3);
    CompletableFuture<JobHandle> first = ask("a", ALL);
    CompletableFuture<JobHandle> same = ask("a", ALL);
    CompletableFuture<JobHandle> another = ask("a", KpiSelection.ofIds(List.of("x")));
    pass(Duration.ofMillis(10));
    assertThat(asked).hasSize(5);
    assertThat(List.of(first, same, another)).allMatch(CompletableFuture::isDone);
    isUnderWay(1);
    assertThat(ask("a", ALL)).isNotDone();
  }

  @Test
  void afterTwoAndAHalfSecondsItIsToldSo() {
    isUnderWay(100);
    CompletableFuture<JobHandle> answer = ask("a", ALL);
    for (int wait = 10; wait < 1280; wait *= 2) {
      pass(Duration.ofMillis(wait));
      assertThat(answer).isNotDone();
    }
    pass(Duration.ofMillis(1280));
    assertThat(answer)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RequestUnderWayException.class);
  }

  @Test
  void anyOtherFailureIsTheAnswer() {
    isUnderWay(1);
    failures.add(new IllegalStateException("closed"));
    CompletableFuture<JobHandle> answer = ask("a", ALL);
    pass(Duration.ofMillis(10));
    assertThat(answer)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("closed");
    assertThat(ask("a", ALL)).isCompletedWithValue(made);
  }
}
