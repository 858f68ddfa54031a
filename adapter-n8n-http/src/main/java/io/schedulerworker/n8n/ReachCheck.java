package io.schedulerworker.n8n;

import io.schedulerworker.model.WebhookUrl;
import io.schedulerworker.reach.Reach;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.List;
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
   * Why not, by all addresses that the host's name leads to. They are then in the JVM's cache, under the name as it is
   * written, where the client finds the same ones. A name that leads nowhere may still be known to a proxy, and is then
   * judged by itself. May block.
   *
   * @throws UnresolvedAddressException if it leads nowhere, and no proxy is asked
   */
  Optional<String> refusalAfterLookUp(URI webhook) {
    return reach.refusal(webhook.getHost(), WebhookUrl.port(webhook), addresses(webhook.getHost()));
  }

  private static List<byte[]> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(InetAddress::getAddress)
          .toList();
    } catch (UnknownHostException e) {
      if (Proxies.none()) {
        throw new UnresolvedAddressException();
      }
      return List.of();
    }
  }
}
