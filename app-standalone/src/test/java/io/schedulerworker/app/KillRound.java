package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.model.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Jobs, SIGKILL in the midst of their calls, a new start of who was killed, and what must be true of it all. */
final class KillRound {
  private final Cluster cluster;
  private final Duration mostToResume;
  private final List<Replica> killed = new ArrayList<>();

  /**
   * A round.
   *
   * @param mostToResume from the death of a job's first owner to the first call by the next
   */
  KillRound(Cluster cluster, Duration mostToResume) {
    this.cluster = cluster;
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
      cluster.awaitCalls(jobs.get(random.nextInt(jobs.size())), Seed.midFanOut(random));
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
    jobs.forEach(job -> cluster.check(cluster.awaitSettled(job)).calledAtLeastOnce());
    if (jobs.size() == 1) {
      // With two, the calls of the one wait in line behind those of the other.
      cluster
          .timeToResume(jobs.get(0))
          .ifPresent(took -> assertThat(took).isLessThan(cluster.patience(mostToResume)));
    }
    cluster.awaitNoLease(jobs);
    killed.forEach(Replica::awaitReady);
    cluster.assertAllRun();
  }
}
