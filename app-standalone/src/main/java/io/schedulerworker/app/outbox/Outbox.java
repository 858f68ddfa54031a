package io.schedulerworker.app.outbox;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers letters over HTTP, on a daemon thread of its own: nobody waits for it. What fails is tried again, as the
 * patience of its lane says. Thread-safe.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final String userAgent;
  private final Clock clock;
  private final List<Lane> lanes = new ArrayList<>();
  private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
      1,
      1,
      10,
      TimeUnit.SECONDS,
      new LinkedBlockingQueue<>(),
      Outbox::thread,
      new ThreadPoolExecutor.DiscardPolicy());
  private @Nullable Postman postman;

  /**
   * An empty one; it opens nothing before the first letter.
   *
   * @param userAgent says who sends, as a header
   * @param clock times waits; not the time-outs of calls, which are real
   */
  public Outbox(String userAgent, Clock clock) {
    this.userAgent = userAgent;
    this.clock = clock;
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "outbox");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A lane for letters that are to be delivered in order.
   *
   * @param name what is delivered, in the plural, for the log
   * @param patience how hard it is tried
   * @param failed is run after each attempt that failed; does not block
   * @return a new lane
   */
  public synchronized Lane lane(String name, Patience patience, Runnable failed) {
    Lane lane = new Lane(this, name, patience, failed, clock);
    lanes.add(lane);
    return lane;
  }

  void execute(Runnable work) {
    thread.execute(work);
  }

  /** On the outbox's thread, to which the outcome comes too. */
  void post(Letter letter, int dropped, Consumer<Outcome> told) {
    CompletionStage<?> unused =
        post(letter, dropped).thenAccept(outcome -> execute(() -> told.accept(outcome)));
  }

  private CompletionStage<Outcome> post(Letter letter, int dropped) {
    try {
      return postman().post(letter.to(), letter.contentType(), letter.body().apply(dropped));
    } catch (RuntimeException e) {
      LOG.error("this is a defect in Scheduler Worker, please report it", e);
      return CompletableFuture.completedStage(Outcome.failed("cannot be written to"));
    }
  }

  /** Late, since a client costs more than the start of a service should. */
  private Postman postman() {
    Postman made = postman;
    if (made == null) {
      made = new Postman(userAgent, clock);
      postman = made;
    }
    return made;
  }

  /**
   * Takes no further letters, tries those that wait once more, and ends.
   *
   * @param most how long that may take, by real time
   */
  public synchronized void close(Duration most) {
    long until = System.nanoTime() + most.toNanos();
    lanes.forEach(Lane::hurry);
    try {
      for (Lane lane : lanes) {
        int left = lane.awaitEnd(until);
        if (left > 0) {
          LOG.warn("{} were not delivered before the end: {}", lane.name(), left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
