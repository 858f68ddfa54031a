/** What is sent to somebody else by itself: queued, tried again, never waited for. It knows nothing of what it sends. */
@NullMarked
package io.schedulerworker.app.outbox;

import org.jspecify.annotations.NullMarked;
