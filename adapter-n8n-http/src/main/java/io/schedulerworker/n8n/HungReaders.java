package io.schedulerworker.n8n;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out that an answer has hung the client for good, and keeps its host from being called again.
 *
 * <p>The JDK's client (17 to 25) reads a chunk's size into an int: of one from 80000000 to fffffffe it waits for less than
 * nothing, in a loop without an end, on the one thread that serves all connections of that client. Nobody can stop that
 * thread. So the client is given up for a new one, and the host is not called any more, or each call of it would cost a
 * processor. Thread-safe.
 */
final class HungReaders {
  private static final String CHUNKS = "jdk.internal.net.http.ResponseContent$ChunkedBodyParser";
  private static final int LOOKS = 5;
  private static final long PAUSE_MILLIS = 20;

  private final Set<Place> hosts = ConcurrentHashMap.newKeySet();

  /** Whether a thread that was reading an answer does nothing else any more. Takes a tenth of a second. */
  static boolean isHung(Thread reader) {
    try {
      for (int look = 0; look < LOOKS; look++) {
        if (!isReadingChunks(reader)) {
          return false;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isReadingChunks(Thread reader) {
    for (StackTraceElement frame : reader.getStackTrace()) {
      if (frame.getClassName().equals(CHUNKS)) {
        return true;
      }
    }
    return false;
  }

  /** A host has hung the client. */
  void add(URI webhook) {
    hosts.add(Place.of(webhook));
  }

  /** Why a host is not called; to be read after its name. */
  Optional<String> refusal(URI webhook) {
    return !hosts.isEmpty() && hosts.contains(Place.of(webhook))
        ? Optional.of(
            "is not called any more until the next start: it has answered with a chunk of an impossible size,"
                + " which hangs the JDK's HTTP client")
        : Optional.empty();
  }
}
