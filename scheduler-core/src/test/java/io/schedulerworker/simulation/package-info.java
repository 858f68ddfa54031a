/**
 * A simulator: replicas of the real core on virtual time, with a store and an n8n that fail in every way their ports
 * allow. Everything follows from one seed. {@code SimulationTest} says how to run it.
 */
package io.schedulerworker.simulation;
