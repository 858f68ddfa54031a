package io.schedulerworker.n8n;

/**
 * Spreads the calls in flight at one port of a host evenly over several clients, each of which keeps connections of its
 * own: so all of them together have no more than calls are in flight. Thread-safe.
 */
final class Spread {
  private final int[] inFlight;
  private final int first;

  /**
   * Of a port with no call in flight.
   *
   * @param first the client of a call that is alone: not the same for all hosts
   */
  Spread(int clients, int first) {
    this.inFlight = new int[clients];
    this.first = first;
  }

  /** A call begins: the number of the client with the fewest, of several the one that is next from the first. */
  synchronized int enter() {
    int least = first;
    for (int i = 1; i < inFlight.length; i++) {
      int next = (first + i) % inFlight.length;
      least = inFlight[next] < inFlight[least] ? next : least;
    }
    inFlight[least]++;
    return least;
  }

  /** A call of that client is over. */
  synchronized void leave(int client) {
    inFlight[client]--;
  }
}
