package io.schedulerworker.dispatch;

/**
 * A limit that follows how long the host takes to answer. It takes a step for each half of the calls in flight, not
 * for each call: what a step changes is seen one answer later, and all steps until then would be one too many.
 */
final class AdaptiveLimit implements InFlightLimit {
  /** With one call at a time, a host that takes calls and never answers would take twice as long to be found out. */
  private static final int LEAST = 2;

  private static final int STEPS_A_ROUND = 2;

  private final Vegas vegas = new Vegas();
  private final Baselines baselines = new Baselines();
  private int samples;
  private double slowdowns;
  private int inFlight;

  @Override
  public int most() {
    return Math.max(LEAST, vegas.limit());
  }

  @Override
  public void answered(Flight flight) {
    samples++;
    slowdowns += baselines.slowdown(flight);
    inFlight = Math.max(inFlight, flight.inFlight());
    if (samples >= vegas.limit() / STEPS_A_ROUND) {
      vegas.sampled(slowdowns / samples, inFlight);
      samples = 0;
      slowdowns = 0;
      inFlight = 0;
    }
  }

  @Override
  public void dropped() {
    vegas.dropped();
  }
}
