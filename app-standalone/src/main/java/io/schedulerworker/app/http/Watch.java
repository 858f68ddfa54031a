package io.schedulerworker.app.http;

/** A bound on how long a connection may stay as it is. Looked at about once a second, by one thread. */
interface Watch {
  /** Whether the time is over, at this moment of {@link System#nanoTime()}. */
  boolean isOver(long now);

  /** Ends what is watched. It may be called again, and when what is watched has just ended; it does not block. */
  void end();
}
