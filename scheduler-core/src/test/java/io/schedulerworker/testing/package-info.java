/**
 * Time, threads and networks under a test's command, and adapters measured beside their clients: for tests of the core, of
 * adapters and of programs that embed the core.
 */
@NullMarked
package io.schedulerworker.testing;

import org.jspecify.annotations.NullMarked;
