package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Jobs, SIGKILL in the midst of their calls, a new start of who was killed, and what must be true of it all. */
final class KillRound {
  private final Cluster cluster;
  private final Consumer<JobCheck> promise;
  private final Duration mostToResume;
  private final List<Replica> killed = new ArrayList<>();

  /**
   * A round.
   *
   * @param promise what must be true of each job
   * @param mostToResume from the death of a job's first owner to the first call by the next
   */
  KillRound(Cluster cluster, Consumer<JobCheck> promise, Duration mostToResume) {
    this.cluster = cluster;
    this.promise = promise;
    this.mostToResume = mostToResume;
  }

  /** One or two jobs; one or two processes die, whether these are theirs or not. */
  TraceId atRandom(Random random) {
    List<TraceId> jobs = new ArrayList<>(List.of(any(random).trigger()));
    if (random.nextBoolean()) {
      jobs.add(any(random).trigger());
    }
    int kills = random.nextInt(4) == 0 ? 2 : 1;
    for (int i = 0; i < kills; i++) {
      TraceId job = jobs.get(random.nextInt(jobs.size()));
      cluster.awaitCalls(job, Seed.atBeginOrLater(random));
      kill(any(random));
    }
    settle(jobs);
    return jobs.get(0);
  }

  /** A fire's job, whoever makes it; that one dies. */
  TraceId ofOwner(TraceId job, Random random) {
    cluster.awaitCalls(job, Seed.midFanOut(random));
    kill(cluster.owner(job));
    settle(List.of(job));
    assertThat(cluster.resumedCall(job)).isPresent();
    return job;
  }

  private Replica any(Random random) {
    List<Replica> alive = cluster.replicas().stream().filter(Replica::isRunning).toList();
    return alive.get(random.nextInt(alive.size()));
  }

  private void kill(Replica replica) {
    replica.kill();
    killed.add(replica);
  }

  private void settle(List<TraceId> jobs) {
    killed.forEach(Replica::start);
    jobs.forEach(job -> promise.accept(cluster.check(cluster.awaitSettled(job))));
    if (jobs.size() == 1) {
      // With two, the calls of the one wait in line behind those of the other.
      cluster.timeToResume(jobs.get(0)).ifPresent(this::isSoon);
    }
    cluster.awaitNoLease(jobs);
    killed.forEach(replica -> knows(replica, jobs.get(0)));
    cluster.assertAllRun();
  }

  private void isSoon(Duration took) {
    assertThat(took)
        .as("from a death to the first call by another")
        .isLessThan(Patience.of(mostToResume, killed));
  }

  /** It knows what happened without it; and its way to the store is open before the next round counts on it. */
  private void knows(Replica replica, TraceId job) {
    assertThat(replica.job(job).pendingIds())
        .as("%s of %s", replica.caller(), job)
        .isEmpty();
  }
}
