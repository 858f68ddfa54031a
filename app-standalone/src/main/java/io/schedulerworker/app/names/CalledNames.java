package io.schedulerworker.app.names;

import io.schedulerworker.port.CalledHosts;
import io.schedulerworker.reach.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The names that webhooks are called by at the moment. While one is called, a look-up of it gives only such addresses
 * as may be called. There is one for the process, as there is one resolver. Thread-safe.
 */
public final class CalledNames {
  private static final Map<String, Held> HELD = new ConcurrentHashMap<>();

  /** Asks those who know. */
  interface LookUp {
    Stream<InetAddress> addresses() throws UnknownHostException;
  }

  /** By which rules, at which port, and by how many calls. */
  private record Held(Reach reach, int port, int calls) {
    Held plus(int more) {
      return new Held(reach, port, calls + more);
    }
  }

  private CalledNames() {}

  /**
   * For a trigger.
   *
   * @param reach which hosts it may call
   * @return what it tells of its calls
   */
  public static CalledHosts under(Reach reach) {
    return new CalledHosts() {
      @Override
      public void enter(String host, int port) {
        HELD.merge(plain(host), new Held(reach, port, 1), (held, one) -> held.plus(1));
      }

      @Override
      public void leave(String host) {
        HELD.computeIfPresent(
            plain(host), (name, held) -> held.calls() == 1 ? null : held.plus(-1));
      }
    };
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  /**
   * What a look-up may give.
   *
   * @param host the name that is looked up
   * @param lookUp finds its addresses
   * @return all of them for a name that is not called; else those that may be called
   * @throws UnknownHostException if none may
   */
  static Stream<InetAddress> admitted(String host, LookUp lookUp) throws UnknownHostException {
    Held before = HELD.get(plain(host));
    Stream<InetAddress> found = lookUp.addresses();
    // The call may have begun, or have been given up, while a name server took its time.
    Held held = before == null ? HELD.get(plain(host)) : before;
    if (held == null) {
      return found;
    }
    List<InetAddress> admitted = found
        .filter(each ->
            held.reach().refusal(host, held.port(), List.of(each.getAddress())).isEmpty())
        .toList();
    if (admitted.isEmpty()) {
      throw new UnknownHostException(host + " leads to no address any more that may be called");
    }
    return admitted.stream();
  }
}
