package io.schedulerworker.app.api;

import io.schedulerworker.SchedulerWorker;
import io.schedulerworker.app.settings.ScheduleSettings;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.reach.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the registry now and then, so that what is wrong with it is known before the next fire and not after it, and so
 * that the registry which stands in for one out of reach is a recent one. Thread-safe.
 */
public final class RegistryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_SHARE_OF_TIME = 100;
  private static final String TOPIC = "registry";
  private static final int SHOWN = 20;

  private final SchedulerWorker worker;
  private final List<ScheduleSettings> schedules;
  private final Reach reach;
  private final Warnings warnings;
  private final Executor threads;
  private final Clock clock;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean closed;
  private Clock.@Nullable Timer timer;

  /**
   * A watch that does not look yet.
   *
   * @param worker reads the registry
   * @param schedules what will be fired
   * @param reach which hosts may be called
   * @param warnings where they are kept
   * @param threads for looking, which blocks
   * @param clock the time
   */
  public RegistryWatch(
      SchedulerWorker worker,
      List<ScheduleSettings> schedules,
      Reach reach,
      Warnings warnings,
      Executor threads,
      Clock clock) {
    this.worker = worker;
    this.schedules = List.copyOf(schedules);
    this.reach = reach;
    this.warnings = warnings;
    this.threads = threads;
    this.clock = clock;
  }

  /** Looks now, and every minute from now on. */
  public void start() {
    threads.execute(this::lookAndGoOn);
  }

  /** Looks once, soon. */
  public void look() {
    if (!closed && looking.compareAndSet(false, true)) {
      threads.execute(this::lookNow);
    }
  }

  private void lookAndGoOn() {
    long began = clock.nanoTime();
    looking.set(true);
    lookNow();
    Duration took = Duration.ofNanos(clock.nanoTime() - began);
    Duration pause = took.multipliedBy(MOST_SHARE_OF_TIME);
    goOnAfter(pause.compareTo(PAUSE) > 0 ? pause : PAUSE);
  }

  private synchronized void goOnAfter(Duration pause) {
    if (!closed) {
      timer = clock.after(pause, () -> threads.execute(this::lookAndGoOn));
    }
  }

  private void lookNow() {
    looking.set(false);
    try {
      tell(findings(worker.refreshRegistry()));
    } catch (NoJobException e) {
      tell(List.of("the registry is at fault: " + e.getMessage()));
    } catch (KvStoreException e) {
      // Health asks the store itself, and says so.
      LOG.debug("the registry could not be read: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Once the service is stopping, the store is closed at any moment.
      if (!closed) {
        LOG.error("this is a defect in Scheduler Worker, please report it", e);
      }
    }
  }

  private void tell(List<String> found) {
    if (warnings.set(TOPIC, found)) {
      found.forEach(LOG::warn);
    }
  }

  private List<String> findings(KpiRegistry registry) {
    List<Kpi> active = registry.active();
    List<String> found = new ArrayList<>();
    List<RegistryFinding> wrong = HostFindings.with(registry, reach);
    if (!wrong.isEmpty()) {
      found.add("%s in the registry, the first about %s; `validate` says what they are"
          .formatted(findings(wrong.size()), wrong.get(0).place()));
    }
    schedules.forEach(schedule -> look(schedule, active, found));
    return found.stream().distinct().toList();
  }

  private static String findings(int count) {
    return count == 1 ? "1 finding" : count + " findings";
  }

  private static void look(ScheduleSettings schedule, List<Kpi> active, List<String> found) {
    Set<String> known = active.stream().map(Kpi::id).collect(Collectors.toSet());
    List<String> unknown =
        schedule.ids().stream().filter(id -> !known.contains(id)).distinct().toList();
    if (!unknown.isEmpty()) {
      found.add("%s: select names what no active KPI has as its id: %s"
          .formatted(name(schedule), names(unknown)));
    }
    try {
      schedule.schedule().selection().from(active);
    } catch (NoJobException e) {
      found.add(
          active.isEmpty()
              ? String.valueOf(e.getMessage())
              : name(schedule) + ": " + e.getMessage());
    }
  }

  private static String name(ScheduleSettings schedule) {
    return "schedule " + schedule.schedule().id();
  }

  private static String names(List<String> ids) {
    String shown = ids.stream().limit(SHOWN).map(Texts::quote).collect(Collectors.joining(", "));
    return ids.size() > SHOWN ? shown + " and " + (ids.size() - SHOWN) + " more" : shown;
  }

  /** Looks no more. May be called again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
