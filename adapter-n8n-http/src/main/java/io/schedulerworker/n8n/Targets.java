package io.schedulerworker.n8n;

import io.schedulerworker.port.BreakerSettings;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All that is called: a port of a host is one target. Those that were not called while ten thousand others were are
 * forgotten. Thread-safe.
 */
final class Targets {
  private static final int MOST = 10_000;

  private final BreakerSettings settings;
  private volatile Map<Place, Target> recent = new ConcurrentHashMap<>();
  private Map<Place, Target> earlier = Map.of();

  Targets(BreakerSettings settings) {
    this.settings = settings;
  }

  Target of(URI webhook) {
    Place place = Place.of(webhook);
    Target known = recent.get(place);
    return known == null ? earlierOrNew(place) : known;
  }

  private synchronized Target earlierOrNew(Place place) {
    if (recent.size() >= MOST) {
      earlier = recent;
      recent = new ConcurrentHashMap<>();
    }
    return recent.computeIfAbsent(place, host -> {
      Target known = earlier.get(host);
      return known == null ? begin(host) : known;
    });
  }

  private Target begin(Place place) {
    int first = Math.floorMod(place.hashCode(), Clients.EACH);
    return new Target(new Breaker(settings), new Spread(Clients.EACH, first));
  }
}
