package io.schedulerworker.schedule;

import io.schedulerworker.job.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The small jumps that this process's wall clock made of late: it was set by minutes, or the machine slept for as long.
 * They are no reason to doubt the clock, but what they passed over was never on time by it.
 */
final class RecentJumps {
  /** As long as a fire that the clock shows in passing would have been on time. */
  private static final Duration RECENT = Agenda.LATE;

  /** What clocks do all the time: they are read one after the other, and are slewed. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Deque<Jump> jumps = new ArrayDeque<>();

  /** One of them, when it was noticed; negative if back. */
  private record Jump(Moment when, Duration by) {}

  void add(Duration jump, Moment now) {
    jumps.removeIf(each -> now.since(each.when).compareTo(RECENT) > 0);
    if (jump.abs().compareTo(LEAST) >= 0) {
      jumps.addLast(new Jump(now, jump));
    }
  }

  void forget() {
    jumps.clear();
  }

  /** By how much the clock is ahead of the slowest that it was of late; a jump forward and back again is none. */
  Duration ahead(Moment now) {
    Duration most = Duration.ZERO;
    Duration sum = Duration.ZERO;
    for (Iterator<Jump> each = jumps.descendingIterator(); each.hasNext(); ) {
      Jump jump = each.next();
      if (now.since(jump.when).compareTo(RECENT) > 0) {
        break;
      }
      sum = sum.plus(jump.by);
      most = sum.compareTo(most) > 0 ? sum : most;
    }
    return most;
  }
}
