package io.schedulerworker.schedule;

import io.schedulerworker.model.CatchUp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Fires whose time has passed, the oldest first: however many there are, only the newest are remembered. */
final class Passed {
  /** A ledger lists so many of those that are let go at once, for whatever reason: the newest. */
  static final int LISTED = 50;

  private static final int MOST = CatchUp.MOST + LISTED;

  private final Deque<Instant> newest = new ArrayDeque<>();
  private int count;

  void add(Instant fireTime) {
    count++;
    newest.addLast(fireTime);
    if (newest.size() > MOST) {
      newest.removeFirst();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many there are, the forgotten ones included. */
  int count() {
    return count;
  }

  Instant last() {
    return newest.getLast();
  }

  List<Instant> remembered() {
    return List.copyOf(newest);
  }
}
