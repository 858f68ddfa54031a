/** Reading what people hand us. */
@NullMarked
package io.schedulerworker.app.io;

import org.jspecify.annotations.NullMarked;
