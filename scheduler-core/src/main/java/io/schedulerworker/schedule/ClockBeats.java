package io.schedulerworker.schedule;

import io.schedulerworker.json.ClockBeatsJson;
import io.schedulerworker.model.ClockBeat;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The beats in JOBS_KV: one small value for all processes, changed by compare-and-set. Thread-safe; blocks. */
final class ClockBeats {
  private static final Logger LOG = System.getLogger(ClockBeats.class.getName());

  /** Some stores tell by the clock of whoever reads what has expired: long enough for one that is days off. */
  private static final Ttl LIFE = Ttl.of(Duration.ofDays(30));

  private static final int MOST = 200;

  private final KvStore store;
  private final String owner;
  private long number;

  ClockBeats(KvStore jobsKv, String owner) {
    this.store = jobsKv;
    this.owner = owner;
  }

  /**
   * What stands there.
   *
   * @param version nothing if there is no beat yet
   * @param others the beats of other processes
   */
  record Found(Optional<Version> version, List<ClockBeat> others) {}

  Found read(Deadline deadline) {
    Optional<KvEntry> entry = store.get(ClockBeat.KEY, deadline);
    List<ClockBeat> others = entry.map(KvEntry::value).map(this::others).orElse(List.of());
    return new Found(entry.map(KvEntry::version), others);
  }

  private List<ClockBeat> others(String text) {
    try {
      return ClockBeatsJson.read(text).stream()
          .filter(beat -> !beat.owner().equals(owner))
          .toList();
    } catch (FormatException e) {
      LOG.log(Level.WARNING, "{0} is written anew: {1}", ClockBeat.KEY, e.getMessage());
      return List.of();
    }
  }

  /** Adds a beat of this process; false if somebody else wrote meanwhile. */
  boolean beat(Found found, Collection<String> gone, Instant now, Deadline deadline) {
    List<ClockBeat> beats = new ArrayList<>(found.others());
    beats.removeIf(beat -> gone.contains(beat.owner()));
    beats.add(new ClockBeat(owner, ++number, now));
    return write(found, beats.subList(Math.max(0, beats.size() - MOST), beats.size()), deadline);
  }

  /** Takes this process's beat away. */
  void leave(Deadline deadline) {
    boolean done = false;
    while (!done && !deadline.isOver()) {
      Found found = read(deadline);
      done = found.version().isEmpty() || write(found, found.others(), deadline);
    }
  }

  private boolean write(Found found, List<ClockBeat> beats, Deadline deadline) {
    String text = ClockBeatsJson.write(beats);
    return found
        .version()
        .map(known -> store.replaceIfUnchanged(ClockBeat.KEY, text, known, LIFE, deadline))
        .orElseGet(() -> store.putIfAbsent(ClockBeat.KEY, text, LIFE, deadline))
        .isPresent();
  }
}
