/**
 * The defaults that a running process supplies: system time, randomness, threads. No other package of
 * the core touches these.
 */
@NullMarked
package io.schedulerworker.system;

import org.jspecify.annotations.NullMarked;
