/**
 * What the scheduler knows, as immutable values: the KPI registry, the job record and its parts, trace
 * ids. Depends on the JDK alone; JSON is read and written elsewhere.
 */
@NullMarked
package io.schedulerworker.model;

import org.jspecify.annotations.NullMarked;
