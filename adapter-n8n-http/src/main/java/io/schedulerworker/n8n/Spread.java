package io.schedulerworker.n8n;

/**
 * Spreads the calls in flight at one port of a host evenly over several clients, each of which keeps connections of its
 * own: so all of them together have no more than calls are in flight. Thread-safe.
 */
final class Spread {
  private final int[] inFlight;

  Spread(int clients) {
    inFlight = new int[clients];
  }

  /** A call begins: the number of the client with the fewest, of several the first. */
  synchronized int enter() {
    int least = 0;
    for (int i = 1; i < inFlight.length; i++) {
      least = inFlight[i] < inFlight[least] ? i : least;
    }
    inFlight[least]++;
    return least;
  }

  /** A call of that client is over. */
  synchronized void leave(int client) {
    inFlight[client]--;
  }
}
