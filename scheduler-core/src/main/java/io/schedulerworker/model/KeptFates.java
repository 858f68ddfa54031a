package io.schedulerworker.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which fates a ledger keeps: the newest, but the last jobs in any case. A claim may still have to be finished after any
 * number of fires were let go at once, and is nothing without its fate.
 */
final class KeptFates {
  /** So many of the last jobs stay, however many fires are let go. */
  private static final int JOBS = Ledger.FATES / 2;

  private KeptFates() {}

  /** At most {@link Ledger#FATES} of them, in the same order. */
  static List<Fate> of(List<Fate> fates) {
    int tooMany = fates.size() - Ledger.FATES;
    if (tooMany <= 0) {
      return List.copyOf(fates);
    }
    Set<Fate> needed = needed(fates);
    List<Fate> kept = new ArrayList<>();
    for (Fate fate : fates) {
      boolean goes = tooMany > 0 && !needed.contains(fate);
      tooMany -= goes ? 1 : 0;
      if (!goes) {
        kept.add(fate);
      }
    }
    return List.copyOf(kept);
  }

  private static Set<Fate> needed(List<Fate> fates) {
    List<Fate> jobs = fates.stream().filter(fate -> fate.job() != null).toList();
    Set<Fate> needed = new HashSet<>(jobs.subList(Math.max(0, jobs.size() - JOBS), jobs.size()));
    // Whoever is to be made up for next waits for it, however long it goes on.
    lastMadeUp(fates).ifPresent(needed::add);
    return needed;
  }

  /** The last job that made up for a fire of another time. */
  static Optional<Fate> lastMadeUp(List<Fate> fates) {
    return fates.stream()
        .filter(fate -> fate.job() != null)
        .filter(fate -> fate.late() == Owed.Cause.MISSED || fate.late() == Owed.Cause.PAUSED)
        .reduce((one, next) -> next);
  }
}
