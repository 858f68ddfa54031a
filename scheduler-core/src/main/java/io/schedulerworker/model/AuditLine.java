package io.schedulerworker.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What somebody did to a job by hand.
 *
 * @param at when, cut to milliseconds: what was done in one second has an order
 * @param action what
 * @param by who, for example the name of an API key
 * @param kpiCount how many KPIs it was about
 * @param kpiIds some of them, {@link #MOST_IDS} at most; copied
 */
public record AuditLine(Instant at, Action action, String by, int kpiCount, List<String> kpiIds) {
  /** How many ids one line has at most. */
  public static final int MOST_IDS = 20;

  private static final int MOST_LINES = 100;

  /** A total one: where lines are cut off, all who join must cut off the same ones. */
  private static final Comparator<AuditLine> IN_ORDER = Comparator.comparing(AuditLine::at)
      .thenComparing(AuditLine::action)
      .thenComparing(AuditLine::by)
      .thenComparing(AuditLine::kpiCount)
      .thenComparing(line -> String.join("\n", line.kpiIds()));

  /** What can be done to a job. */
  public enum Action {
    /** KPIs were driven again. */
    RETRY,
    /** Those that had not been called are not called any more. */
    CANCEL;

    /**
     * As it is written.
     *
     * @return in lower case
     */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Cuts the instant and the ids.
   *
   * @param at as above
   * @param action as above
   * @param by as above
   * @param kpiCount as above
   * @param kpiIds as above
   */
  public AuditLine {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    kpiIds = kpiIds.stream().limit(MOST_IDS).toList();
  }

  /**
   * A line about some KPIs.
   *
   * @param at when
   * @param action what
   * @param by who
   * @param kpiIds all of them
   * @return the line
   */
  public static AuditLine of(Instant at, Action action, String by, List<String> kpiIds) {
    return new AuditLine(at, action, by, kpiIds.size(), kpiIds);
  }

  /** The lines of two states of a job, each once, by time; the latest hundred. */
  static List<AuditLine> join(List<AuditLine> here, List<AuditLine> there) {
    if (there.isEmpty() || here.equals(there)) {
      return here;
    }
    Set<AuditLine> all = new LinkedHashSet<>(here);
    all.addAll(there);
    List<AuditLine> sorted = new ArrayList<>(all);
    sorted.sort(IN_ORDER);
    return sorted.subList(Math.max(0, sorted.size() - MOST_LINES), sorted.size());
  }
}
