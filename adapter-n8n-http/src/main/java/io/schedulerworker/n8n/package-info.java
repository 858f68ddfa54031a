/**
 * One attempt to start one n8n workflow, and what became of it.
 *
 * <p>{@link io.schedulerworker.n8n.N8nTrigger} sends. Of what comes back, an answer is judged by {@code AnswerVerdict},
 * a missing one by {@code FailureVerdict}. Behind both stands one rule: what may have reached n8n is never reported as
 * not started.
 */
@NullMarked
package io.schedulerworker.n8n;

import org.jspecify.annotations.NullMarked;
