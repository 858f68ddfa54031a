package io.schedulerworker.n8n;

import io.schedulerworker.port.BreakerSettings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The circuit breakers of all hosts: a port of a host has one of its own. Thread-safe. */
final class Breakers {
  private final BreakerSettings settings;
  private final Map<Place, Breaker> byHost = new ConcurrentHashMap<>();

  Breakers(BreakerSettings settings) {
    this.settings = settings;
  }

  Breaker of(URI webhook) {
    return byHost.computeIfAbsent(Place.of(webhook), host -> new Breaker(settings));
  }
}
