package io.schedulerworker;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreException;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.Optional;

/**
 * The registry as a document that people read and replace: its text stands in CONFIG_KV as it was given, fields that
 * nobody here knows included. Thread-safe; blocks, each call up to the timeout.
 */
public final class RegistryStore {
  private final KvStore configKv;
  private final Clock clock;
  private final Duration timeout;

  /**
   * The registry in a store, which stays the caller's.
   *
   * @param configKv holds the registry
   * @param clock for deadlines
   * @param timeout bounds each call, more than zero
   */
  public RegistryStore(KvStore configKv, Clock clock, Duration timeout) {
    this.configKv = configKv;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * Reads the text, whether or not it is a registry.
   *
   * @return empty if there is none
   * @throws KvStoreException if the store fails
   */
  public Optional<Document> read() {
    return configKv
        .get(KpiRegistry.KEY, deadline())
        .map(entry -> new Document(entry.value(), entry.version()));
  }

  /**
   * Replaces whatever is there.
   *
   * @param text the new registry
   * @return what was read in it, with findings
   * @throws FormatException if the text is no registry; nothing was written
   * @throws KvStoreException if the store fails
   */
  public Written put(String text) {
    KpiRegistry registry = RegistryJson.read(text);
    return new Written(registry, configKv.put(KpiRegistry.KEY, text, Ttl.NONE, deadline()));
  }

  /**
   * Writes the first registry.
   *
   * @param text the new registry
   * @return empty if there is one already
   * @throws FormatException if the text is no registry; nothing was written
   * @throws KvStoreException if the store fails
   */
  public Optional<Written> create(String text) {
    KpiRegistry registry = RegistryJson.read(text);
    return configKv
        .putIfAbsent(KpiRegistry.KEY, text, Ttl.NONE, deadline())
        .map(version -> new Written(registry, version));
  }

  /**
   * Replaces a registry that nobody has changed meanwhile.
   *
   * @param text the new registry
   * @param expected the version that was read
   * @return empty if another version, or none, is there now
   * @throws FormatException if the text is no registry; nothing was written
   * @throws KvStoreException if the store fails
   */
  public Optional<Written> replace(String text, Version expected) {
    KpiRegistry registry = RegistryJson.read(text);
    return configKv
        .replaceIfUnchanged(KpiRegistry.KEY, text, expected, Ttl.NONE, deadline())
        .map(version -> new Written(registry, version));
  }

  private Deadline deadline() {
    return Deadline.in(timeout, clock);
  }

  /**
   * A text under the registry's key.
   *
   * @param text as stored
   * @param version its token
   */
  public record Document(String text, Version version) {}

  /**
   * A registry that was written.
   *
   * @param registry as it was read, with its findings
   * @param version of the text now stored
   */
  public record Written(KpiRegistry registry, Version version) {}
}
