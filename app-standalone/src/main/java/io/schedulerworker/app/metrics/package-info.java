/** What the service counts and times, for Prometheus: {@code docs/metrics.md}. The one package that knows Micrometer. */
@NullMarked
package io.schedulerworker.app.metrics;

import org.jspecify.annotations.NullMarked;
