package io.schedulerworker.model;

/**
 * How the calls to one host stand at a moment.
 *
 * @param host name and port
 * @param door whether it is called
 * @param limit how many calls may be in flight
 * @param inFlight how many are
 * @param waiting calls that are still to be made, for the first time or again
 * @param retriesLeft how many calls could be repeated now, by the budget for retries; {@link Integer#MAX_VALUE} if it has
 *     no bound
 */
public record HostState(
    String host, Door door, int limit, int inFlight, int waiting, int retriesLeft) {
  /** Whether a host is called. */
  public enum Door {
    /** As many calls pass as the limit says. */
    OPEN,
    /** One call at a time passes, to find out whether the host is back. */
    AJAR,
    /** None passes: the host asked to be left alone, or too many calls to it failed. */
    CLOSED
  }
}
