package io.schedulerworker.n8n;

import io.schedulerworker.reach.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a webhook's host may be called: by what it is named, and by where the name leads. Thread-safe. */
final class ReachCheck {
  private static final int MOST_PLACES = 10_000;

  private final Reach reach;
  private final Map<Place, Optional<String>> byName = new ConcurrentHashMap<>();

  ReachCheck(Reach reach) {
    this.reach = reach;
  }

  /** Why not, as far as nobody needs to be asked for the host's addresses; to be read after its name. */
  Optional<String> refusal(URI webhook) {
    Place place = Place.of(webhook);
    Optional<String> known = byName.get(place);
    return known == null ? judged(place) : known;
  }

  private Optional<String> judged(Place place) {
    Optional<String> refusal = reach.refusal(place.host(), place.port());
    if (byName.size() < MOST_PLACES) {
      byName.put(place, refusal);
    }
    return refusal;
  }

  /**
   * Why not, by all addresses that the host's name leads to; those are then in the JVM's cache, from which the client takes
   * them. May block. Of a name that leads nowhere the client will say so.
   */
  Optional<String> refusalAfterLookUp(URI webhook) {
    Place place = Place.of(webhook);
    try {
      InetAddress[] addresses = InetAddress.getAllByName(place.host());
      return reach.refusal(
          place.host(),
          place.port(),
          Arrays.stream(addresses).map(InetAddress::getAddress).toList());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
