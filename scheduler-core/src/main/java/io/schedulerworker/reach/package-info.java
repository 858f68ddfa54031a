/**
 * Which hosts may be called at all: names and networks that are allowed, denied, or never reached by default, as pure
 * rules about names and addresses. Nothing here looks up a name.
 */
@NullMarked
package io.schedulerworker.reach;

import org.jspecify.annotations.NullMarked;
