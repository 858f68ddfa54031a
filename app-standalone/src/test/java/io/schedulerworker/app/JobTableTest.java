package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.KpiRun;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code jobs show} prints. */
class JobTableTest {
  private static final Instant NOON = Instant.parse("2025-08-14T12:00:00Z");
  private static final Fire DAILY = new Fire(new ScheduleId("daily"), "0 12 * * *", NOON);

  private static JobRecord job() {
    JobRecord pending = JobRecord.pending(
        TraceId.ofManual(NOON, "aaaaaaaa"), NOON, List.of("one", "two", "three"), "test", DAILY);
    return pending.with(
        List.of(
            KpiRun.pending("one").triggered(NOON, 0, new KpiRun.Answer(84L, 200, null)),
            KpiRun.pending("two")
                .failed(NOON, "answered 401:\n\u001b[31mno", 1, new KpiRun.Answer(61L, 401, null))),
        NOON.plusSeconds(2));
  }

  private static List<String> print(JobRecord job, int most, int width) {
    StringWriter out = new StringWriter();
    JobTable.print(job, most, width, new PrintWriter(out, true));
    return out.toString().lines().toList();
  }

  @Test
  void theWholeFirstThenWhatWentWrong() {
    assertThat(print(job(), 50, Integer.MAX_VALUE))
        .containsExactly(
            "trace id  trace_20250814_120000_aaaaaaaa",
            "status    in_progress",
            "schedule  daily, fire of 2025-08-14T12:00:00Z",
            "created   2025-08-14T12:00:00Z",
            "updated   2025-08-14T12:00:02Z",
            "KPIs      3: 1 pending, 1 triggered, 1 failed",
            "",
            "KPI    STATUS     HTTP  MS  RETRIES  ERROR",
            "two    failed     401   61  1        answered 401:\\u000a\\u001b[31mno",
            "three  pending    -     -   0",
            "one    triggered  200   84  0");
  }

  @Test
  void whatIsTooManyIsCounted() {
    assertThat(print(job(), 1, Integer.MAX_VALUE))
        .hasSize(10)
        .endsWith("… and 2 more: --all, or --json");
  }

  @Test
  void linesFitTheTerminal() {
    assertThat(print(job(), 50, 40)).allMatch(line -> line.length() <= 40);
    assertThat(print(job(), 50, 40).get(8)).startsWith("two    failed").endsWith("…");
  }

  @Test
  void drivesByHandHaveAColumnWhereThereAreAny() {
    JobRecord job = job();
    JobRecord again = job.with(List.of(KpiRun.pending("two").ofDrive(1)), NOON.plusSeconds(3));
    assertThat(print(again, 50, Integer.MAX_VALUE).get(7)).contains("REDRIVES");
  }
}
