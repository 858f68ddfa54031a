/** How commands reach the process that owns a store in a file. */
@NullMarked
package io.schedulerworker.app.owner;

import org.jspecify.annotations.NullMarked;
