package io.schedulerworker.job;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.NoJobException;
import io.schedulerworker.model.SkipReason;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.RegistrySource;

/** Reads the registry anew for a job. */
final class RegistryReader {
  private final RegistrySource source;

  RegistryReader(RegistrySource source) {
    this.source = source;
  }

  /** The registry as it is now; no job if it is missing or no registry. */
  KpiRegistry read(Deadline deadline) {
    try {
      return source.read(deadline).map(RegistryJson::read).orElseThrow(RegistryReader::missing);
    } catch (FormatException e) {
      throw new NoJobException(SkipReason.REGISTRY, String.valueOf(e.getMessage()));
    }
  }

  private static NoJobException missing() {
    return new NoJobException(
        SkipReason.REGISTRY,
        "there is no registry: CONFIG_KV has nothing under the key \"" + KpiRegistry.KEY + "\"");
  }
}
