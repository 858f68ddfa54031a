package io.schedulerworker.app;

import io.schedulerworker.app.io.FileWatch;
import io.schedulerworker.model.Texts;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.KvStoreProvider;
import io.schedulerworker.port.TriggerSettings;
import io.schedulerworker.port.WorkflowTrigger;
import io.schedulerworker.port.WorkflowTriggerProvider;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where adapters are found, and closed again: the one place that asks the ServiceLoader. Not thread-safe.
 */
final class Adapters implements AutoCloseable {
  private final Clock clock;
  private final BiFunction<String, KvStore, KvStore> dressed;
  private final Map<String, NamedStore> stores = new HashMap<>();
  private final Deque<Runnable> closings = new ArrayDeque<>();

  Adapters(Clock clock) {
    this(clock, (setting, store) -> store);
  }

  /**
   * Stores with something about them.
   *
   * @param dressed makes of a setting and the store that it names the one to use
   */
  Adapters(Clock clock, BiFunction<String, KvStore, KvStore> dressed) {
    this.clock = clock;
    this.dressed = dressed;
  }

  /**
   * The store at a URI: the same one behind it each time.
   *
   * @param setting what names it, for messages
   * @throws io.schedulerworker.port.StoreInUseException if it is for one process, and another has it
   */
  KvStore store(String setting, String uri) {
    NamedStore store = stores.computeIfAbsent(uri, each -> open(setting, each));
    store.isNamedBy(setting);
    return dressed.apply(setting, store);
  }

  private NamedStore open(String setting, String uri) {
    KvStoreProvider provider = provider(setting, uri);
    try {
      KvStore store = provider.open(uri, clock);
      closings.push(store::close);
      return new NamedStore(store);
    } catch (IllegalArgumentException e) {
      throw new UserException(setting + ": " + e.getMessage());
    }
  }

  /**
   * The file of a store that one process at a time can have.
   *
   * @param setting what names it, for messages
   * @return empty for stores that processes share
   */
  Optional<Path> exclusiveFile(String setting, String uri) {
    try {
      return provider(setting, uri).exclusiveFile(uri).map(Path::of);
    } catch (IllegalArgumentException e) {
      throw new UserException(setting + ": " + e.getMessage());
    }
  }

  /**
   * Makes what a store needs and that is not there yet.
   *
   * @param setting what names it, for messages
   * @return what was made; empty if there was nothing to make
   */
  Optional<String> create(String setting, String uri, Deadline deadline) {
    try {
      return provider(setting, uri).create(uri, clock, deadline);
    } catch (IllegalArgumentException e) {
      throw new UserException(setting + ": " + e.getMessage());
    } catch (KvStoreException e) {
      throw NamedStore.named(setting, e);
    }
  }

  private static KvStoreProvider provider(String setting, String uri) {
    String scheme = scheme(uri);
    return providers()
        .filter(each -> each.schemes().contains(scheme))
        .findFirst()
        .orElseThrow(() -> unknown(setting, uri, scheme));
  }

  private static String scheme(String uri) {
    int colon = uri.indexOf(':');
    return colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static Stream<KvStoreProvider> providers() {
    return ServiceLoader.load(KvStoreProvider.class).stream().map(ServiceLoader.Provider::get);
  }

  /** Shows the scheme alone: the rest of a URI may hold a password. */
  private static UserException unknown(String setting, String uri, String scheme) {
    String known = providers()
        .flatMap(provider -> provider.schemes().stream())
        .sorted()
        .map(each -> each + ":")
        .collect(Collectors.joining(", "));
    String what = uri.contains(":")
        ? "no store is known for " + Texts.quote(scheme + ":")
        : "a store is named by a URI like memory:, not " + Texts.quote(uri);
    return new UserException(setting + ": " + what + "; known are " + known);
  }

  /** Where files are watched until this is closed. */
  FileWatch files() {
    FileWatch watch = new FileWatch();
    closings.push(watch::close);
    return watch;
  }

  WorkflowTrigger trigger(TriggerSettings settings) {
    List<WorkflowTriggerProvider> found = ServiceLoader.load(WorkflowTriggerProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
    if (found.size() != 1) {
      throw new UserException(
          "the class path must hold one adapter for workflows, it holds " + found.size());
    }
    try {
      WorkflowTrigger trigger = found.get(0).open(settings);
      closings.push(trigger::close);
      return trigger;
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
