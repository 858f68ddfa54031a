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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the registry now and then, so that what is wrong with it is known before the next fire and not after it, and so
 * that the registry which stands in for one out of reach is a recent one. Thread-safe.
 */
public final class RegistryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryWatch.class);
  private static final String TOPIC = "registry";
  private static final int SHOWN = 20;

  private final SchedulerWorker worker;
  private final List<ScheduleSettings> schedules;
  private final Reach reach;
  private final Warnings warnings;
  private final Patrol patrol;

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
    this.patrol = new Patrol(this::lookNow, threads, clock);
  }

  /** Looks now, and every minute from now on. */
  public void start() {
    patrol.start();
  }

  /** Looks once, soon. */
  public void look() {
    patrol.lookSoon();
  }

  private void lookNow() {
    try {
      tell(findings(worker.refreshRegistry()));
    } catch (NoJobException e) {
      tell(List.of("the registry is at fault: " + e.getMessage()));
    } catch (KvStoreException e) {
      // Health asks the store itself, and says so.
      LOG.debug("the registry could not be read: {}", e.getMessage());
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
  public void close() {
    patrol.close();
  }
}
