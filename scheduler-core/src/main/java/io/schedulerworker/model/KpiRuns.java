package io.schedulerworker.model;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one state of a job, in order. They never change, so that a later state with the same runs shares them.
 * Thread-safe.
 */
final class KpiRuns extends AbstractMap<String, KpiRun> {
  private final KpiIds ids;

  /** By the place of its id; null for one that has not been called, of which a great job begins with a hundred thousand. */
  private final @Nullable KpiRun[] runs;

  private final boolean drivenAgain;

  private KpiRuns(KpiIds ids, @Nullable KpiRun[] runs) {
    this.ids = ids;
    this.runs = runs;
    this.drivenAgain = isAnyDrivenAgain(runs);
  }

  private static boolean isAnyDrivenAgain(@Nullable KpiRun[] runs) {
    for (KpiRun run : runs) {
      if (run != null && run.redrives() > 0) {
        return true;
      }
    }
    return false;
  }

  /** The same runs, safe from whoever gave them. */
  static KpiRuns copyOf(Map<String, KpiRun> runs) {
    if (runs instanceof KpiRuns shared) {
      return shared;
    }
    Map<String, KpiRun> copy = new LinkedHashMap<>(runs);
    @Nullable KpiRun[] kept = new KpiRun[copy.size()];
    int place = 0;
    for (Map.Entry<String, KpiRun> each : copy.entrySet()) {
      kept[place++] = isUncalled(each.getKey(), each.getValue()) ? null : each.getValue();
    }
    return new KpiRuns(new KpiIds(copy.keySet()), kept);
  }

  private static boolean isUncalled(String id, KpiRun run) {
    return run.status() == KpiStatus.PENDING && run.equals(KpiRun.pending(id));
  }

  /** Of KPIs that have not been called, each id once. */
  static KpiRuns pending(Collection<String> kpiIds) {
    return new KpiRuns(new KpiIds(kpiIds), new KpiRun[kpiIds.size()]);
  }

  /** These with some further on, each joined with what stands here; of other KPIs none is taken over. */
  KpiRuns with(Collection<KpiRun> later) {
    if (later.isEmpty()) {
      return this;
    }
    @Nullable KpiRun[] joined = runs.clone();
    for (KpiRun run : later) {
      int place = ids.placeOf(run.kpiId());
      if (place != KpiIds.NOWHERE) {
        joined[place] = join(joined[place], run);
      }
    }
    return new KpiRuns(ids, joined);
  }

  private static KpiRun join(@Nullable KpiRun here, KpiRun later) {
    if (here != null) {
      return here.join(later);
    }
    // One that has not been called adds nothing to one that has.
    return later.progress() > 0 ? later : KpiRun.pending(later.kpiId()).join(later);
  }

  private KpiRun run(int place) {
    KpiRun run = runs[place];
    return run == null ? KpiRun.pending(ids.at(place)) : run;
  }

  private KpiStatus status(int place) {
    KpiRun run = runs[place];
    return run == null ? KpiStatus.PENDING : run.status();
  }

  int count(KpiStatus status) {
    int count = 0;
    for (int i = 0; i < runs.length; i++) {
      count += status(i) == status ? 1 : 0;
    }
    return count;
  }

  /** The ids of those that are so far, in order. */
  List<String> idsOf(KpiStatus status) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < runs.length; i++) {
      if (status(i) == status) {
        found.add(ids.at(i));
      }
    }
    return Collections.unmodifiableList(found);
  }

  /** Whether any was driven again by hand. */
  boolean isDrivenAgain() {
    return drivenAgain;
  }

  /** How far they are, taken together. */
  long progress() {
    long progress = 0;
    for (KpiRun run : runs) {
      progress += run == null ? 0 : run.progress();
    }
    return progress;
  }

  @Override
  public @Nullable KpiRun get(@Nullable Object id) {
    int place = ids.placeOf(id);
    return place == KpiIds.NOWHERE ? null : run(place);
  }

  @Override
  public boolean containsKey(@Nullable Object id) {
    return ids.placeOf(id) != KpiIds.NOWHERE;
  }

  @Override
  public int size() {
    return runs.length;
  }

  @Override
  public Collection<KpiRun> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<KpiRun> iterator() {
        return new Each<>(KpiRuns.this::run);
      }

      @Override
      public int size() {
        return runs.length;
      }
    };
  }

  @Override
  public Set<Map.Entry<String, KpiRun>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, KpiRun>> iterator() {
        return new Each<>(place -> Map.entry(ids.at(place), run(place)));
      }

      @Override
      public int size() {
        return runs.length;
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof KpiRuns runsThere) || !ids.isSameAs(runsThere.ids)) {
      return super.equals(other);
    }
    for (int i = 0; i < runs.length; i++) {
      if (!Objects.equals(runs[i], runsThere.runs[i]) && !run(i).equals(runsThere.run(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** Goes over the places. */
  private final class Each<T> implements Iterator<T> {
    private final IntFunction<T> at;
    private int next;

    Each(IntFunction<T> at) {
      this.at = at;
    }

    @Override
    public boolean hasNext() {
      return next < runs.length;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return at.apply(next++);
    }
  }
}
