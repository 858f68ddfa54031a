package io.schedulerworker.job;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.Extras;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.util.List;
import java.util.Optional;

/**
 * Whom the jobs of a registry call that no other process can read, a file for example: noted beside the record, as a
 * registry, for whoever takes over.
 */
final class Plans {
  private static final String KEY_PREFIX = "plan:";

  private final KvStore store;
  private final Ttl life;

  Plans(KvStore store, Ttl life) {
    this.store = store;
    this.life = life;
  }

  private static String key(TraceId traceId) {
    return KEY_PREFIX + traceId;
  }

  void write(TraceId traceId, List<Kpi> kpis, Deadline deadline) {
    KpiRegistry registry = new KpiRegistry(List.copyOf(kpis), null, Extras.NONE, List.of());
    store.put(key(traceId), RegistryJson.write(registry), life, deadline);
  }

  Optional<List<Kpi>> read(TraceId traceId, Deadline deadline) {
    return store
        .get(key(traceId), deadline)
        .map(entry -> RegistryJson.read(entry.value()).active());
  }

  void delete(TraceId traceId, Deadline deadline) {
    store.delete(key(traceId), deadline);
  }
}
