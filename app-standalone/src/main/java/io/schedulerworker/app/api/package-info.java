/** What the app offers over HTTP: health, jobs, the registry. */
@NullMarked
package io.schedulerworker.app.api;

import org.jspecify.annotations.NullMarked;
