package io.schedulerworker.schedule;

import io.schedulerworker.job.Moment;
import io.schedulerworker.model.ClockBeat;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of other processes' clocks. A beat counts when its number was seen to change: then it was written since
 * the look before, so that its wall time can be compared, and its process is alive.
 */
final class Peers {
  /** By how much the clocks of two processes may differ. */
  static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** A process counts for so long after its last beat: three of them. */
  static final Duration ALIVE = Duration.ofSeconds(45);

  /** Whoever does not beat for so long is gone. */
  static final Duration GONE = Duration.ofMinutes(10);

  private static final Duration RECENT = Duration.ofSeconds(60);

  private final Map<String, Peer> peers = new HashMap<>();
  private Optional<Moment> lastLook = Optional.empty();

  /**
   * One process.
   *
   * @param beat its last one
   * @param seen when that was first seen
   * @param offset by how much its clock is ahead of this process's at least; negative if it is behind, zero if it may
   *     be equal; nothing while it was not seen to beat
   */
  private record Peer(ClockBeat beat, Moment seen, Optional<Duration> offset) {
    boolean isAlive(Moment now) {
      return offset.isPresent() && now.since(seen).compareTo(ALIVE) <= 0;
    }

    boolean agrees() {
      return isTolerable(offset.orElseThrow());
    }

    Duration behindAtMost() {
      Duration behind = Duration.between(beat.at(), seen.wall());
      return behind.isNegative() ? Duration.ZERO : behind;
    }
  }

  private static boolean isTolerable(Duration offset) {
    return offset.abs().compareTo(TOLERANCE) <= 0;
  }

  private static boolean isGone(Peer peer, Moment now) {
    return now.since(peer.seen).compareTo(GONE) > 0;
  }

  /** Takes the beats of others as they were read just now. */
  void see(List<ClockBeat> beats, Moment now) {
    Map<String, Peer> before = Map.copyOf(peers);
    peers.clear();
    beats.forEach(beat -> peers.put(beat.owner(), seen(before.get(beat.owner()), beat, now)));
    lastLook = Optional.of(now);
  }

  private Peer seen(@Nullable Peer before, ClockBeat beat, Moment now) {
    if (before == null) {
      return new Peer(beat, now, Optional.empty());
    }
    return before.beat.number() == beat.number()
        ? before
        : new Peer(beat, now, lastLook.map(last -> offset(beat, now, now.since(last))));
  }

  /** The beat was written at most so long ago, which may be why it seems to be behind. */
  private static Duration offset(ClockBeat beat, Moment now, Duration atMostAgo) {
    Duration ahead = Duration.between(now.wall(), beat.at());
    Duration behind = ahead.plus(atMostAgo);
    return behind.isNegative() ? behind : ahead.isNegative() ? Duration.ZERO : ahead;
  }

  /** Forgets what was compared: this process's own clock was set. */
  void compareAnew() {
    peers.replaceAll((owner, peer) -> new Peer(peer.beat, peer.seen, Optional.empty()));
    lastLook = Optional.empty();
  }

  /** Whether a beat is there that is too far off to be recent, and may yet be of a process that is alive. */
  boolean isAnyInDoubt(Moment now) {
    return peers.values().stream().anyMatch(peer -> !peer.isAlive(now) && isOdd(peer));
  }

  private static boolean isOdd(Peer peer) {
    Duration ahead = Duration.between(peer.seen.wall(), peer.beat.at());
    return ahead.compareTo(TOLERANCE) > 0 || ahead.compareTo(RECENT.negated()) < 0;
  }

  /** Whether the others were looked at since this process's own clock was last set. */
  boolean wereSeen() {
    return lastLook.isPresent();
  }

  boolean isAnyAgreeing(Moment now) {
    return alive(now).anyMatch(Peer::agrees);
  }

  /** The offset of the worst, if at least as many clocks differ from this one as agree with it, itself included. */
  Optional<Duration> outvoted(Moment now) {
    List<Peer> differing = alive(now).filter(peer -> !peer.agrees()).toList();
    long agreeing = 1 + alive(now).filter(Peer::agrees).count();
    return differing.size() < agreeing
        ? Optional.empty()
        : differing.stream()
            .map(peer -> peer.offset.orElseThrow())
            .max(Comparator.comparing(Duration::abs));
  }

  /**
   * By how much at most this process's clock is ahead of the slowest that agrees with it. One that has not been heard for
   * a while still counts: whoever is back after an outage looks at fires first.
   */
  Duration lead(Moment now) {
    return peers.values().stream()
        .filter(peer -> !isGone(peer, now))
        .filter(peer -> peer.offset.filter(Peers::isTolerable).isPresent())
        .map(Peer::behindAtMost)
        .max(Comparator.naturalOrder())
        .map(most -> most.compareTo(TOLERANCE) < 0 ? most : TOLERANCE)
        .orElse(Duration.ZERO);
  }

  private Stream<Peer> alive(Moment now) {
    return peers.values().stream().filter(peer -> peer.isAlive(now));
  }

  /** Those whose beats need not be kept. */
  Collection<String> gone(Moment now) {
    return peers.entrySet().stream()
        .filter(peer -> isGone(peer.getValue(), now))
        .map(Map.Entry::getKey)
        .toList();
  }
}
