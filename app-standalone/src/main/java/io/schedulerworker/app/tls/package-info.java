/** Whom to trust over https, and who we are: certificates and a key in files, which may change while calls are made. */
@NullMarked
package io.schedulerworker.app.tls;

import org.jspecify.annotations.NullMarked;
