package io.schedulerworker.n8n;

/**
 * A port of a host that is called. Thread-safe.
 *
 * @param breaker keeps calls off it
 * @param spread says which client makes a call
 */
record Target(Breaker breaker, Spread spread) {}
