package io.schedulerworker.app.http;

import io.schedulerworker.port.Clock;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as others see it: what it is, who sent it from where, how it went, how long it took. Thread-safe. */
final class Visit {
  private final org.eclipse.jetty.server.Request request;
  private final Clock clock;
  private final @Nullable SocketAddress peer;
  private final long begin;
  private volatile Optional<String> caller = Optional.empty();
  private volatile Routine routine = Routine.NONE;
  private volatile int status;

  /** Begins now. */
  Visit(org.eclipse.jetty.server.Request request, Clock clock) {
    this.request = request;
    this.clock = clock;
    this.peer = request.getConnectionMetaData().getRemoteSocketAddress();
    this.begin = clock.nanoTime();
  }

  String method() {
    return request.getMethod();
  }

  /** As it came, without the query. */
  String path() {
    return String.valueOf(request.getHttpURI().getPath());
  }

  Network network() {
    return Network.of(peer);
  }

  /** The address alone, a {@code -} if the connection was gone already. */
  String address() {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "-";
  }

  /** There is a route for it. */
  void isFor(Route route) {
    routine = route.routine();
  }

  Routine routine() {
    return routine;
  }

  /** It came with a key that somebody has. */
  void isBy(Optional<String> name) {
    caller = name;
  }

  Optional<String> caller() {
    return caller;
  }

  /** It is answered. */
  void ends(int answered) {
    status = answered;
  }

  /** 0 if it was never answered. */
  int status() {
    return status;
  }

  /** Until now. */
  Duration took() {
    return Duration.ofNanos(clock.nanoTime() - begin);
  }
}
