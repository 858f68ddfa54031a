package io.schedulerworker.simulation;

import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.TriggerOutcome;
import io.schedulerworker.port.TriggerOutcome.Obstacle;
import io.schedulerworker.port.TriggerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** n8n, which starts workflows and says so, or does not. */
final class SimN8n {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final World world;
  private final List<Start> starts = new ArrayList<>();
  private final Map<String, Long> downUntil = new HashMap<>();
  private final List<Consumer<Start>> watchers = new ArrayList<>();
  private double troublePercent;
  private int attempts;

  SimN8n(World world) {
    this.world = world;
  }

  /**
   * A workflow that was started.
   *
   * @param called when the core asked for the attempt
   * @param arrived when n8n started it
   * @param drive of the KPI, as the idempotency key has it
   * @param by the process that asked
   */
  record Start(
      long called, long arrived, TraceId traceId, String kpiId, int drive, Incarnation by) {
    boolean isOf(TraceId job, String kpi, int ofDrive) {
      return traceId.equals(job) && kpiId.equals(kpi) && drive == ofDrive;
    }

    String key() {
      return traceId + " " + kpiId + " " + drive;
    }
  }

  private enum Behaviour {
    ACCEPT,
    ACCEPT_LATE,
    UNREACHABLE,
    BUSY,
    BUSY_FOR_ALL,
    REFUSE,
    HANG_UNSTARTED,
    HANG_STARTED,
    DROP_STARTED
  }

  /** How many of a hundred calls meet with anything but a quick acceptance. */
  void trouble(double percent) {
    troublePercent = percent;
  }

  void down(String host, Duration span) {
    downUntil.put(host, world.now() + span.toNanos());
  }

  /** From now on all is well. */
  void endTrouble() {
    troublePercent = 0;
    downUntil.clear();
  }

  void watch(Consumer<Start> watcher) {
    watchers.add(watcher);
  }

  List<Start> starts() {
    return starts;
  }

  int attempts() {
    return attempts;
  }

  void receive(
      Incarnation by, TriggerRequest request, long called, Consumer<TriggerOutcome> answer) {
    attempts++;
    Behaviour behaviour = behaviour(request);
    long arrival = world.now() + millis(1, 20);
    by.trace("  calls ", request.traceId(), " ", request.kpiId(), ": ", behaviour);
    if (starts(behaviour)) {
      world.at(arrival, () -> start(by, request, called));
    }
    long end = arrival + wait(behaviour);
    world.at(end, by, () -> answer.accept(outcome(behaviour)));
  }

  private Behaviour behaviour(TriggerRequest request) {
    if (downUntil.getOrDefault(request.webhook().getHost(), 0L) > world.now()) {
      return Behaviour.UNREACHABLE;
    }
    if (troublePercent == 0 || !world.chance(troublePercent)) {
      return Behaviour.ACCEPT;
    }
    Behaviour[] all = Behaviour.values();
    return all[1 + world.random.nextInt(all.length - 1)];
  }

  private static boolean starts(Behaviour behaviour) {
    return switch (behaviour) {
      case ACCEPT, ACCEPT_LATE, HANG_STARTED, DROP_STARTED -> true;
      default -> false;
    };
  }

  private void start(Incarnation by, TriggerRequest request, long called) {
    String drives = request
        .idempotencyKey()
        .value()
        .substring((request.traceId() + ":" + request.kpiId()).length());
    int drive = drives.isEmpty() ? 0 : Integer.parseInt(drives.substring(1));
    Start start = new Start(called, world.now(), request.traceId(), request.kpiId(), drive, by);
    starts.add(start);
    world.trace.add(world.now(), "n8n", "starts ", start.key(), " for ", by);
    watchers.forEach(watcher -> watcher.accept(start));
  }

  private long wait(Behaviour behaviour) {
    return switch (behaviour) {
      case HANG_STARTED, HANG_UNSTARTED -> PATIENCE.toNanos();
      case ACCEPT_LATE ->
        world.between(Duration.ofSeconds(1), PATIENCE.minusSeconds(1)).toNanos();
      case UNREACHABLE -> world.chance(30) ? Duration.ofSeconds(5).toNanos() : millis(1, 5);
      default -> millis(5, 150);
    };
  }

  private TriggerOutcome outcome(Behaviour behaviour) {
    return switch (behaviour) {
      case ACCEPT, ACCEPT_LATE -> new TriggerOutcome.Accepted(200);
      case UNREACHABLE ->
        new TriggerOutcome.NotNow(Obstacle.UNREACHABLE, "connection refused", null, null);
      case BUSY -> new TriggerOutcome.NotNow(Obstacle.TROUBLED, "503", 503, null);
      case BUSY_FOR_ALL ->
        new TriggerOutcome.NotNow(Obstacle.BUSY, "429", 429, Duration.ofSeconds(3));
      case REFUSE -> new TriggerOutcome.Refused("403 forbidden", 403);
      case HANG_STARTED, HANG_UNSTARTED ->
        new TriggerOutcome.Unknown("no answer within 30 s", null);
      case DROP_STARTED -> new TriggerOutcome.Unknown("connection lost", null);
    };
  }

  private long millis(int least, int most) {
    return world.between(Duration.ofMillis(least), Duration.ofMillis(most)).toNanos();
  }
}
