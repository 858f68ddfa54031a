/** Tells people what went wrong, by a webhook, and a watchdog what went right: {@code docs/alerts.md}. */
@NullMarked
package io.schedulerworker.app.alerts;

import org.jspecify.annotations.NullMarked;
