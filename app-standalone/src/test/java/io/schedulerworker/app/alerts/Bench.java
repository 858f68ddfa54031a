package io.schedulerworker.app.alerts;

import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.testing.SimulatedClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;

/** The books of one process or of several on one store, on one thread and simulated time. */
final class Bench {
  static final Instant START = Instant.parse("2025-08-14T12:00:00Z");
  static final Duration REPEAT = Duration.ofHours(4);

  final SimulatedClock clock = new SimulatedClock(START);
  private final KvStore memory = ServiceLoader.load(KvStoreProvider.class).stream()
      .map(ServiceLoader.Provider::get)
      .filter(provider -> provider.schemes().contains("memory"))
      .findFirst()
      .orElseThrow()
      .open("memory:", clock);
  boolean away;

  /** What a process has told. */
  static final class Told {
    final List<Alert> alerts = new CopyOnWriteArrayList<>();

    List<String> summaries() {
      return alerts.stream()
          .map(each -> each.status().text() + " " + each.summary())
          .toList();
    }
  }

  private KvStore store() {
    return (KvStore) Proxy.newProxyInstance(
        KvStore.class.getClassLoader(), new Class<?>[] {KvStore.class}, (self, method, given) -> {
          if (away) {
            throw new KvStoreException(KvStoreException.Kind.UNAVAILABLE, "away", null);
          }
          try {
            return method.invoke(memory, given);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  Claims claims() {
    Duration life = REPEAT.multipliedBy(9).dividedBy(10);
    return new Claims(store(), Runnable::run, clock, life);
  }

  EventBook events(Told told) {
    return new EventBook(claims(), told.alerts::add, REPEAT, clock, Runnable::run);
  }

  ConditionBook conditions(Told told) {
    Claims lasting =
        new Claims(store(), Runnable::run, clock, REPEAT.multipliedBy(12).dividedBy(10));
    return new ConditionBook(lasting, told.alerts::add, REPEAT, clock, Runnable::run);
  }
}
