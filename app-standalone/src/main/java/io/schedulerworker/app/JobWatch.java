package io.schedulerworker.app;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.JobRecord;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at a job until it has ended: once a second while it goes on, less often while nothing happens. */
final class JobWatch {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration UNOWNED = Duration.ofSeconds(10);

  /** Great records take long to be read: a tenth of the time at most goes into that. */
  private static final int PAUSES = 9;

  private final PatientApi api;
  private final Waits waits;
  private Duration pause = SHORTEST;

  JobWatch(PatientApi api, Waits waits) {
    this.api = api;
    this.waits = waits;
  }

  /** The name of the newest job; empty if there is none. */
  Optional<String> newest() {
    String traceId =
        api.get("/api/jobs?limit=1").json().path("jobs").path(0).path("traceId").asText();
    return Optional.of(traceId).filter(text -> !text.isEmpty());
  }

  /** Shows a job until it has ended; gives it as it is then. */
  JobRecord watch(String traceId, WatchView view) {
    StatusCounts before = null;
    while (true) {
      long began = waits.nanoTime();
      JobRecord job = JobRecordJson.read(api.get("/api/jobs/" + traceId).body());
      StatusCounts now = StatusCounts.of(job);
      if (!now.equals(before) || job.status().isTerminal()) {
        view.show(job, now);
      }
      if (job.status().isTerminal()) {
        return job;
      }
      waits.pause(next(now, before, Duration.ofNanos(waits.nanoTime() - began)));
      before = now;
    }
  }

  private Duration next(StatusCounts now, @Nullable StatusCounts before, Duration took) {
    pause = now.equals(before) ? least(pause.multipliedBy(2), LONGEST) : SHORTEST;
    Duration most = api.tookTheStore() ? UNOWNED : pause;
    Duration rest = took.multipliedBy(PAUSES);
    return rest.compareTo(most) > 0 ? rest : most;
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
