package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.OwnerSilentException;
import io.schedulerworker.app.owner.RefusedException;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.KpiStatus;
import io.schedulerworker.model.TraceId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Watching a job, on an API that does what a test wants and in time that passes when somebody waits. */
class JobWatchTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final TraceId ID = TraceId.ofManual(NOON, "aaaaaaaa");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Deque<Supplier<Reply>> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private boolean exclusive;
  private int opened;
  private int open;

  private final class ScriptedApi implements Api {
    private ScriptedApi() {
      opened++;
      open++;
    }

    @Override
    public Reply send(Call call) {
      asked.add(call.target().toString());
      return answers.remove().get();
    }

    @Override
    public boolean keepsOthersOut() {
      return exclusive;
    }

    @Override
    public void close() {
      open--;
    }
  }

  private final class FakeWaits implements Waits {
    private long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void pause(Duration span) {
      assertThat(open).as("what is held while nobody looks").isEqualTo(exclusive ? 0 : open);
      pauses.add(span);
      now += span.toNanos();
    }
  }

  private JobRecord watch() {
    Waits waits = new FakeWaits();
    try (PatientApi api =
        new PatientApi(ScriptedApi::new, PATIENCE, waits, new PrintWriter(err, true))) {
      return new JobWatch(api, waits)
          .watch(ID.value(), WatchView.lines(new PrintWriter(out, true)));
    } finally {
      assertThat(open).isBetween(0, 1);
    }
  }

  private static JobRecord job(String... completed) {
    JobRecord job =
        JobRecord.pending(ID, NOON, List.of("a", "b"), "test", Fire.manual()).begun(NOON);
    for (String id : completed) {
      job = job.with(
          List.of(KpiRun.pending(id).reported(NOON, KpiStatus.COMPLETED, null)),
          NOON.plusSeconds(1));
    }
    return job;
  }

  private void answer(JobRecord job) {
    answers.add(() -> new Reply(200, Optional.empty(), JobRecordJson.write(job)));
  }

  private void answer(int status, String detail) {
    answers.add(() -> new Reply(status, Optional.empty(), "{\"detail\":\"" + detail + "\"}"));
  }

  private void away(String message) {
    answers.add(() -> {
      throw new OwnerSilentException(message);
    });
  }

  private List<String> said() {
    return err.toString().lines().toList();
  }

  @Test
  void everyChangeIsALineAndTheEndIsTheEnd() {
    answer(job());
    answer(job());
    answer(job("a"));
    answer(job("a", "b"));

    assertThat(watch().status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(out.toString().lines())
        .containsExactly(
            "2025-08-14T12:00:00Z " + ID + " in_progress, KPIs 2: 2 pending",
            "2025-08-14T12:00:01Z " + ID + " in_progress, KPIs 2: 1 pending, 1 completed",
            "2025-08-14T12:00:01Z " + ID + " completed, KPIs 2: 2 completed");
    assertThat(asked).containsOnly("/api/jobs/" + ID);
    assertThat(opened).isEqualTo(1);
    assertThat(said()).isEmpty();
  }

  @Test
  void whereNothingHappensItLooksLessOften() {
    for (int i = 0; i < 5; i++) {
      answer(job());
    }
    answer(job("a"));
    answer(job("a", "b"));

    watch();

    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 5L, 5L, 1L);
  }

  @Test
  void aConnectionThatIsLostIsWaitedForAndFoundAnew() {
    answer(job());
    away("gone");
    away("gone");
    answer(503, "the store is away");
    answer(job("a", "b"));

    assertThat(watch().status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(said())
        .containsExactly(
            "scheduler-worker: waiting for it to come back: gone", "scheduler-worker: it is back");
    assertThat(opened).isEqualTo(4);
  }

  @Test
  void patienceIsAsLongAsOneIsAwayAtATime() {
    answer(job());
    for (int i = 0; i < 15; i++) {
      away("gone");
    }
    answer(job());
    for (int i = 0; i < 15; i++) {
      away("gone");
    }
    answer(job("a", "b"));
    assertThat(watch().status()).isEqualTo(JobStatus.COMPLETED);

    answer(job());
    for (int i = 0; i < 30; i++) {
      away("gone for good");
    }
    assertThatExceptionOfType(OwnerSilentException.class)
        .isThrownBy(this::watch)
        .withMessage("gone for good");
  }

  @Test
  void whatWaitingDoesNotMendEndsIt() {
    answer(404, "there is no such job");
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(this::watch)
        .withMessage("there is no such job");
    assertThat(pauses).isEmpty();
  }

  @Test
  void aStoreThatNobodyElseCanHaveMeanwhileIsNotKept() {
    exclusive = true;
    answer(job());
    answer(job("a"));
    answer(job("a", "b"));

    watch();

    assertThat(opened).isEqualTo(3);
    assertThat(open).isZero();
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(10L, 10L);
  }
}
