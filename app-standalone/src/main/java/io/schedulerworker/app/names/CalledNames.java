package io.schedulerworker.app.names;

import io.schedulerworker.port.CalledHosts;
import io.schedulerworker.reach.Reach;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The names that webhooks are called by at the moment. While one is called, a look-up of it gives only such addresses
 * as may be called. There is one for the process, as there is one resolver. Thread-safe.
 */
public final class CalledNames {
  /** By name and rule, the number of calls. */
  private static final Map<String, Map<Rule, Integer>> CALLED = new ConcurrentHashMap<>();

  /** Asks those who know. */
  interface LookUp {
    Stream<InetAddress> addresses() throws UnknownHostException;
  }

  /** What calls at a port go by. */
  private record Rule(Reach reach, int port) {
    boolean admits(String host, InetAddress address) {
      return reach.refusal(host, port, List.of(address.getAddress())).isEmpty();
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
        CALLED.compute(plain(host), (name, known) -> {
          Map<Rule, Integer> calls = known == null ? new ConcurrentHashMap<>() : known;
          calls.merge(new Rule(reach, port), 1, Integer::sum);
          return calls;
        });
      }

      @Override
      public void leave(String host, int port) {
        CALLED.computeIfPresent(plain(host), (name, calls) -> {
          calls.computeIfPresent(
              new Rule(reach, port), (rule, number) -> number == 1 ? null : number - 1);
          return calls.isEmpty() ? null : calls;
        });
      }
    };
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  private static Set<Rule> rules(String host) {
    return Set.copyOf(CALLED.getOrDefault(plain(host), Map.of()).keySet());
  }

  /**
   * What a look-up may give. Whoever asks may be any call of the name: so all their rules count.
   *
   * @param host the name that is looked up
   * @param lookUp finds its addresses
   * @return all of them for a name that is not called; else those that may be called
   * @throws UnknownHostException if none may
   */
  static Stream<InetAddress> admitted(String host, LookUp lookUp) throws UnknownHostException {
    Set<Rule> rules = new HashSet<>(rules(host));
    Stream<InetAddress> found = lookUp.addresses();
    // The call may have begun, or have been given up, while a name server took its time.
    rules.addAll(rules(host));
    if (rules.isEmpty()) {
      return found;
    }
    List<InetAddress> admitted = found
        .filter(each -> rules.stream().allMatch(rule -> rule.admits(host, each)))
        .toList();
    if (admitted.isEmpty()) {
      throw new UnknownHostException(host + " leads to no address any more that may be called");
    }
    return admitted.stream();
  }
}
