package io.schedulerworker.dispatch;

/**
 * One attempt, as the limit on calls in flight sees it.
 *
 * @param webhook what was called
 * @param nanos how long it took
 * @param inFlight how many calls were in flight when it began, itself included
 * @param alone whether no other call to the host was in flight meanwhile
 */
record Flight(String webhook, long nanos, int inFlight, boolean alone) {}
