/** The standalone app: command line, settings, logs and wiring. No rule about firing or calling belongs here. */
@NullMarked
package io.schedulerworker.app;

import org.jspecify.annotations.NullMarked;
