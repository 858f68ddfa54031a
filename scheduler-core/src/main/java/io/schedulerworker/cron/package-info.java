/**
 * The cron dialect of Cloudflare Workers Cron Triggers, with time zones. Depends on the JDK alone.
 */
@NullMarked
package io.schedulerworker.cron;

import org.jspecify.annotations.NullMarked;
