/** Host names: what they may lead to while webhooks are called by them. */
@org.jspecify.annotations.NullMarked
package io.schedulerworker.app.names;
