/**
 * What the core needs from the world, to be implemented by adapters. Depends on the model alone.
 */
@NullMarked
package io.schedulerworker.port;

import org.jspecify.annotations.NullMarked;
