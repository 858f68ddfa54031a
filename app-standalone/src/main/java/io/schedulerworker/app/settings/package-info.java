/**
 * The settings: what there is to set ({@link io.schedulerworker.app.settings.Catalogue}), where values come from, and what is
 * wrong with them.
 */
@NullMarked
package io.schedulerworker.app.settings;

import org.jspecify.annotations.NullMarked;
