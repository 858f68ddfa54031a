package io.schedulerworker.simulation;

import io.schedulerworker.model.Fire;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.JobListener;
import java.time.Duration;

/** Is told by the core what happens, and doubts what it says. */
final class Watcher implements JobListener {
  private static final long EXCUSED = Duration.ofSeconds(60).toNanos();

  private final Run run;
  private final Incarnation me;

  Watcher(Run run, Incarnation me) {
    this.run = run;
    this.me = me;
  }

  @Override
  public void fireSkipped(Fire fire, SkipReason reason, String why) {
    me.trace("skips ", fire.schedule(), " ", fire.fireTime(), ": ", why);
  }

  @Override
  public void fireFailed(Fire fire, Exception failure) {
    me.trace("fails to fire ", fire.schedule(), " ", fire.fireTime(), ": ", failure);
    excuse("fireFailed " + fire.fireTime(), failure);
  }

  @Override
  public void jobCreated(JobRecord job) {
    me.trace("created ", job.traceId());
  }

  @Override
  public void jobSettled(JobRecord job) {
    me.trace("settled ", job.traceId());
  }

  @Override
  public void jobNotStored(TraceId traceId, int epoch, Exception failure) {
    me.trace("could not store ", traceId, ": ", failure);
    excuse("jobNotStored " + traceId, failure);
  }

  /** Without trouble, nothing fails. */
  private void excuse(String what, Exception failure) {
    long now = run.world.now();
    if (!me.isDead() && !run.incidents.hit(me, now - EXCUSED, now)) {
      run.problems.add(me, what + " although all was well: " + failure);
    }
  }
}
