package io.schedulerworker.app.outbox;

import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.port.Clock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters that are delivered one after the other, in order. Those of different lanes do not wait for each other.
 * Thread-safe.
 */
public final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int TRIES_OF_REFUSED = 3;
  private static final double SPREAD = 0.25;

  private final Outbox outbox;
  private final String name;
  private final Patience patience;
  private final Runnable failed;
  private final Clock clock;

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private @Nullable Waiting sending;
  private Clock.@Nullable Timer timer;
  private int failures;
  private int dropped;
  private int lost;
  private boolean closing;

  /** A letter, and since when it waits, in monotonic nanoseconds. */
  private static final class Waiting {
    private final Letter letter;
    private final long since;
    private int tries;

    Waiting(Letter letter, long since) {
      this.letter = letter;
      this.since = since;
    }
  }

  Lane(Outbox outbox, String name, Patience patience, Runnable failed, Clock clock) {
    this.outbox = outbox;
    this.name = name;
    this.patience = patience;
    this.failed = failed;
    this.clock = clock;
  }

  /**
   * Delivers a letter, in its turn. Does not block.
   *
   * @param letter what; after the outbox was closed, nothing comes of it
   */
  public void offer(Letter letter) {
    synchronized (this) {
      if (closing) {
        return;
      }
      if (patience.newestOnly() && failures > 0) {
        queue.clear();
      }
      queue.addLast(new Waiting(letter, clock.nanoTime()));
      if (queue.size() > patience.most()) {
        queue.removeFirst();
        dropped++;
      }
    }
    outbox.execute(this::sendNext);
  }

  /** On the outbox's thread, as is what becomes of it. */
  private void sendNext() {
    Waiting next;
    int before;
    synchronized (this) {
      next = mayBegin() ? queue.pollFirst() : null;
      before = dropped;
      sending = next == null ? sending : next;
    }
    if (next != null) {
      outbox.post(next.letter, before, outcome -> ended(next, before, outcome));
    }
  }

  private boolean mayBegin() {
    return sending == null && timer == null && !(closing && failures > 0);
  }

  private void ended(Waiting waiting, int told, Outcome outcome) {
    String host = host(waiting.letter.to());
    if (outcome.arrived()) {
      arrived(told, host);
      waiting.letter.arrived().run();
    } else {
      failed.run();
      failedAt(waiting, outcome, host);
    }
    synchronized (this) {
      sending = null;
      notifyAll();
    }
    sendNext();
  }

  private synchronized void arrived(int told, String host) {
    if (failures > 0) {
      LOG.info("{} reach {} again{}", name, host, lost == 0 ? "" : "; " + lost + " did not");
    }
    failures = 0;
    lost = 0;
    dropped -= told;
  }

  private synchronized void failedAt(Waiting waiting, Outcome outcome, String host) {
    failures++;
    waiting.tries++;
    if (failures == 1) {
      LOG.warn(
          "{} do not reach {}, which {}; they are kept, and tried again and again",
          name,
          host,
          outcome.what());
    }
    if (closing) {
      queue.addFirst(waiting);
      return;
    }
    keepOrNot(waiting, outcome);
    if (!queue.isEmpty()) {
      Duration wait = outcome.pause().map(patience::bounded).orElseGet(this::backoff);
      timer = clock.after(wait, () -> outbox.execute(this::goOn));
    }
  }

  private void keepOrNot(Waiting waiting, Outcome outcome) {
    boolean pointless = patience.newestOnly() && !queue.isEmpty();
    while (patience.newestOnly() && queue.size() > 1) {
      queue.removeFirst();
    }
    boolean hopeless = outcome.refused() && waiting.tries >= TRIES_OF_REFUSED;
    if (pointless || hopeless || queue.size() >= patience.most()) {
      lost++;
    } else {
      queue.addFirst(waiting);
    }
    int before = queue.size();
    queue.removeIf(this::isTooOld);
    lost += before - queue.size();
  }

  private boolean isTooOld(Waiting waiting) {
    return clock.nanoTime() - waiting.since >= patience.total().toNanos();
  }

  private Duration backoff() {
    double share = 1 - SPREAD * ThreadLocalRandom.current().nextDouble();
    return Duration.ofNanos((long) (patience.backoff(failures).toNanos() * share));
  }

  private void goOn() {
    synchronized (this) {
      timer = null;
    }
    sendNext();
  }

  /** Takes no further letter, and tries each that waits once more, until one fails. */
  void hurry() {
    synchronized (this) {
      closing = true;
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
      failures = 0;
    }
    outbox.execute(this::sendNext);
  }

  private boolean isAtWork() {
    return sending != null || (!queue.isEmpty() && failures == 0);
  }

  /** Waits for what {@link #hurry} began; says how many letters are left. */
  synchronized int awaitEnd(long untilNanos) throws InterruptedException {
    long left = untilNanos - System.nanoTime();
    while (isAtWork() && left > 0) {
      wait(Math.max(1, left / 1_000_000));
      left = untilNanos - System.nanoTime();
    }
    return queue.size() + (sending == null ? 0 : 1);
  }

  String name() {
    return name;
  }

  /** The rest of an address may be a secret. */
  private static String host(URI to) {
    return to.getHost() + ":" + WebhookUrl.port(to);
  }
}
