/**
 * Whom to call, how fast, again or not: one webhook call per KPI, hosts independent of each other.
 */
@NullMarked
package io.schedulerworker.dispatch;

import org.jspecify.annotations.NullMarked;
