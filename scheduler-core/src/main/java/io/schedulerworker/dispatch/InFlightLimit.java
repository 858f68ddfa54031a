package io.schedulerworker.dispatch;

/** How many calls to a host may be in flight. Used by one lane, under its lock. */
interface InFlightLimit {
  /** Calls at the same time, at least 1. */
  int most();

  /** The host did what was asked of it. */
  void answered(Flight flight);

  /** The host could not bear it: it said so, or did not answer. */
  void dropped();

  /** A limit that stays. */
  static InFlightLimit fixed(int most) {
    return new InFlightLimit() {
      @Override
      public int most() {
        return most;
      }

      @Override
      public void answered(Flight flight) {}

      @Override
      public void dropped() {}
    };
  }
}
