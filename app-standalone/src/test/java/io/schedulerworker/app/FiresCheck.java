package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.json.LedgerJson;
import io.schedulerworker.model.Fate;
import io.schedulerworker.model.Ledger;
import io.schedulerworker.model.ScheduleId;
import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What must be true of the fires of a schedule that fires every minute, whoever died meanwhile. */
final class FiresCheck {
  private static final ScheduleId SCHEDULE = new ScheduleId("minutely");

  static final String SETTINGS = """
      [[schedules]]
      id = "%s"
      cron = "* * * * *"
      """.formatted(SCHEDULE);

  private static final Duration LEDGER = Duration.ofSeconds(30);

  private FiresCheck() {}

  /** The job of a fire, whichever replica makes it. */
  static TraceId job(Instant fireTime) {
    return TraceId.ofFire(SCHEDULE, fireTime, 0);
  }

  /** Waits until the schedule owes its fires: there is a ledger. */
  static void awaitLedger(Cluster cluster) {
    String key = Ledger.key(SCHEDULE);
    Await.until(() -> "no " + key, LEDGER, () -> cluster.value(key).isPresent());
  }

  static Instant next() {
    return minuteAfter(Instant.now());
  }

  private static Instant minuteAfter(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
  }

  /** Each minute has one fate, which is a job; that is there once, and keeps its promise. */
  static void eachFireHasOneFate(Cluster cluster, Consumer<JobCheck> promise) {
    Ledger ledger = LedgerJson.read(cluster.value(Ledger.key(SCHEDULE)).orElseThrow());
    List<Instant> minutes = minutes(ledger.since(), ledger.settledUntil());
    assertThat(ledger.fates()).extracting(Fate::fireTime).isEqualTo(minutes);
    List<TraceId> jobs = minutes.stream().map(FiresCheck::job).toList();
    assertThat(ledger.fates()).extracting(Fate::job).isEqualTo(jobs);
    assertThat(recorded(cluster, ledger.settledUntil())).containsExactlyInAnyOrderElementsOf(jobs);
    jobs.forEach(job -> promise.accept(cluster.check(cluster.awaitSettled(job))));
  }

  private static List<Instant> minutes(Instant after, Instant until) {
    List<Instant> minutes = new ArrayList<>();
    Instant next = minuteAfter(after);
    while (!next.isAfter(until)) {
      minutes.add(next);
      next = minuteAfter(next);
    }
    return minutes;
  }

  private static List<TraceId> recorded(Cluster cluster, Instant until) {
    String path = "/api/jobs?limit=200&schedule=" + SCHEDULE;
    List<TraceId> jobs = new ArrayList<>();
    for (Map<String, Object> job :
        Json.objects(cluster.survivor().api().get(path).json(), "jobs")) {
      Map<String, Object> fire = Json.object(Json.object(job, "metadata"), "schedule");
      if (!Instant.parse(fire.get("fireTime").toString()).isAfter(until)) {
        jobs.add(new TraceId(job.get("traceId").toString()));
      }
    }
    return jobs;
  }
}
