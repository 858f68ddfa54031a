/**
 * What every adapter has to hold to, as tests. An adapter's own test class extends the contracts and says in a {@link
 * io.schedulerworker.contract.KvStoreHarness} how to reach its store.
 */
@NullMarked
package io.schedulerworker.contract;

import org.jspecify.annotations.NullMarked;
