package io.schedulerworker.app.alerts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What there are alerts of. Some are events, which are over when they are told; others are conditions, which last. */
public enum AlertKind {
  /** An event: no KPI of a job was completed. */
  JOB_FAILED(About.SCHEDULE),
  /** An event: some KPIs of a job were completed. */
  JOB_PARTIAL(About.SCHEDULE),
  /** An event: the ends of a job's workflows were not reported in time. */
  JOB_TIMED_OUT(About.SCHEDULE),
  /** An event: no process was there at the time of fires. */
  FIRES_MISSED(About.SCHEDULE),
  /** An event: a fire made no job, because of the registry. */
  FIRE_SKIPPED(About.SCHEDULE),
  /** A condition: a fire fails again and again, because of a store for example. */
  FIRE_FAILING(About.SCHEDULE, "the fires of %s have their fates"),
  /** A condition: a schedule, or its jobs, do not do what they should, whichever process has them. */
  SCHEDULE_SILENT(About.SCHEDULE, "schedule %s does what it should again"),
  /** A condition: a host has not been called for long. */
  HOST_CLOSED(About.HOST, "%s is called again"),
  /** An event: the calls that waited for a host have failed. */
  HOST_GIVEN_UP(About.HOST),
  /** An event: another process went on with a job of this one. */
  LEASE_LOST(About.SCHEDULE),
  /** An event: what became of a job could not be stored. */
  JOB_NOT_STORED(About.SCHEDULE),
  /** A condition: a store has been out of reach for long. */
  STORE_AWAY(About.STORE, "%s is in reach again"),
  /** A condition of this process alone: it cannot go by its clock, and fires nothing. */
  CLOCK_OFF(About.PROCESS, "the clocks agree again: this process fires its schedules");

  /** What a subject is the name of. */
  enum About {
    SCHEDULE,
    HOST,
    STORE,
    PROCESS;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final About about;
  private final String over;

  AlertKind(About about) {
    this(about, "");
  }

  AlertKind(About about, String over) {
    this.about = about;
    this.over = over;
  }

  /**
   * The word for it, in messages and settings.
   *
   * @return for example {@code job_failed}
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * All words.
   *
   * @return in the order of the kinds
   */
  public static List<String> texts() {
    return Arrays.stream(values()).map(AlertKind::text).toList();
  }

  /**
   * Finds one by its word.
   *
   * @param text a word
   * @return empty if there is no such kind
   */
  public static Optional<AlertKind> of(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }

  /**
   * Whether it lasts, and may be resolved.
   *
   * @return false for an event
   */
  public boolean isCondition() {
    return !over.isEmpty();
  }

  About about() {
    return about;
  }

  /** One line that says of a subject that all is well again. */
  String over(String subject) {
    return over.formatted(subject);
  }
}
