/**
 * Time and threads under a test's command, for tests of the core, of adapters and of programs that embed the core.
 */
@NullMarked
package io.schedulerworker.testing;

import org.jspecify.annotations.NullMarked;
