package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Slows down who guesses keys. A network that has failed too often within a minute has to wait, whatever it sends, so that
 * it does not even learn whether a guess was right; but a key that works from there already goes on working, so that
 * nobody locks out those behind the same proxy. What is refused meanwhile does not make the wait longer. Bounded memory.
 * Thread-safe; nothing waits in it.
 */
final class Attempts {
  /** How many may fail within a minute and be told so. */
  static final int MOST_FAILURES = 20;

  /** Of how many networks it is known what failed there, and of how many keys and networks what worked. */
  static final int MOST_KNOWN = 4_096;

  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final long WORKS_FOR = Duration.ofHours(1).toNanos();

  /** Who is refused again sooner is still the one that the log has told of. */
  private static final long QUIET = Duration.ofMinutes(10).toNanos();

  private final Clock clock;
  private final Consumer<Network> limited;
  private final Recent<Network, Failures> failures = new Recent<>(MOST_KNOWN);
  private final Recent<Use, Long> uses = new Recent<>(MOST_KNOWN);

  /** A key that worked from somewhere. */
  private record Use(Network network, String key) {}

  /** Tells of each network that begins to be refused; that must not wait. */
  Attempts(Clock clock, Consumer<Network> limited) {
    this.clock = clock;
    this.limited = limited;
  }

  /** Something was wrong. Returns how long to wait before the next try, in nanoseconds; 0: it may be told what. */
  synchronized long failed(Network network) {
    long now = clock.nanoTime();
    Failures there = failures.computeIfAbsent(network, each -> new Failures());
    long wait = there.waitFrom(now);
    if (wait > 0) {
      refuse(network, there, now);
    } else {
      there.add(now);
    }
    return wait;
  }

  /** The key is right. Returns how long to wait before it may be used, in nanoseconds; 0: it is used now. */
  synchronized long used(Network network, String key) {
    long now = clock.nanoTime();
    Use use = new Use(network, key);
    Failures there = failures.get(network);
    long wait = there == null || works(use, now) ? 0 : there.waitFrom(now);
    if (there != null && wait > 0) {
      refuse(network, there, now);
    } else {
      uses.put(use, now);
    }
    return wait;
  }

  private boolean works(Use use, long now) {
    Long last = uses.get(use);
    return last != null && now - last < WORKS_FOR;
  }

  private void refuse(Network network, Failures there, long now) {
    if (there.isNewlyRefused(now)) {
      limited.accept(network);
    }
  }

  /** When it failed last, so many times. */
  private static final class Failures {
    private final long[] times = new long[MOST_FAILURES];
    private int count;
    private int oldest;
    private long lastRefusal;
    private boolean everRefused;

    /** Until the oldest of the last failures is a minute old. */
    long waitFrom(long now) {
      return count < MOST_FAILURES ? 0 : Math.max(0, times[oldest] + WINDOW - now);
    }

    void add(long now) {
      times[(oldest + count) % MOST_FAILURES] = now;
      if (count < MOST_FAILURES) {
        count++;
      } else {
        oldest = (oldest + 1) % MOST_FAILURES;
      }
    }

    boolean isNewlyRefused(long now) {
      boolean isNew = !everRefused || now - lastRefusal > QUIET;
      everRefused = true;
      lastRefusal = now;
      return isNew;
    }
  }
}
