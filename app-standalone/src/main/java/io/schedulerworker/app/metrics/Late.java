package io.schedulerworker.app.metrics;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is made while others need it already: what they do with it is done once it is there, in any order. What
 * they fail at disturbs nobody. Thread-safe.
 */
final class Late<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Late.class);

  private final CompletableFuture<T> value = new CompletableFuture<>();
  private volatile @Nullable T present;

  /** Does something with it, now or later. */
  void with(Consumer<T> work) {
    T now = present;
    if (now == null) {
      CompletionStage<?> unused = value.thenAccept(each -> perform(work, each));
    } else {
      perform(work, now);
    }
  }

  private void perform(Consumer<T> work, T with) {
    try {
      work.accept(with);
    } catch (RuntimeException e) {
      LOG.error("a metric is wrong from now on", e);
    }
  }

  CompletionStage<T> stage() {
    return value.minimalCompletionStage();
  }

  void arrived(T made) {
    present = made;
    value.complete(made);
  }

  /** It will never be there. */
  void failed(Throwable why) {
    value.completeExceptionally(why);
  }
}
