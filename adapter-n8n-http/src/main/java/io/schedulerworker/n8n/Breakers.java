package io.schedulerworker.n8n;

import io.schedulerworker.port.BreakerSettings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The circuit breakers of all hosts: a port of a host has one of its own. Those of hosts that were not called while ten
 * thousand others were are forgotten. Thread-safe.
 */
final class Breakers {
  private static final int MOST = 10_000;

  private final BreakerSettings settings;
  private volatile Map<Place, Breaker> recent = new ConcurrentHashMap<>();
  private Map<Place, Breaker> earlier = Map.of();

  Breakers(BreakerSettings settings) {
    this.settings = settings;
  }

  Breaker of(URI webhook) {
    Place place = Place.of(webhook);
    Breaker known = recent.get(place);
    return known == null ? earlierOrNew(place) : known;
  }

  private synchronized Breaker earlierOrNew(Place place) {
    if (recent.size() >= MOST) {
      earlier = recent;
      recent = new ConcurrentHashMap<>();
    }
    return recent.computeIfAbsent(place, host -> {
      Breaker known = earlier.get(host);
      return known == null ? new Breaker(settings) : known;
    });
  }
}
