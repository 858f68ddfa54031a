package io.schedulerworker.port;

import java.util.Optional;

/**
 * Where the text of the KPI registry comes from, read anew for every job. By default it is CONFIG_KV; a file or a
 * constant serves as well. Implementations are thread-safe and may block.
 */
@FunctionalInterface
public interface RegistrySource {
  /**
   * Reads the registry.
   *
   * @param deadline by when the call must have ended
   * @return its text; empty if there is none
   * @throws KvStoreException if it is out of reach
   * @throws io.schedulerworker.model.FormatException if what is there cannot be a registry
   */
  Optional<String> read(Deadline deadline);
}
