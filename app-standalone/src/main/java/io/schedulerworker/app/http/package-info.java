/**
 * The HTTP server: limits, routes, keys, problems. It knows no endpoint; {@link io.schedulerworker.app.http.HttpService}
 * is where to begin. Jetty's types are in no signature that other packages see.
 */
@NullMarked
package io.schedulerworker.app.http;

import org.jspecify.annotations.NullMarked;
