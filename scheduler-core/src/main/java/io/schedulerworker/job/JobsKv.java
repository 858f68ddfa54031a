package io.schedulerworker.job;

import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;

/**
 * What is kept of jobs in JOBS_KV.
 *
 * @param leases who is at them
 * @param records what people and other programs see
 * @param steps what is not joined into the records yet, or may have to be again
 * @param reader both together
 * @param plans whom to call, where no registry says so to all
 * @param requests what they were asked for by
 */
record JobsKv(
    Leases leases,
    JobRecords records,
    Steps steps,
    JobReader reader,
    Plans plans,
    RequestClaims requests) {
  static JobsKv of(KvStore store, Ttl life) {
    return new JobsKv(
        new Leases(store, life),
        new JobRecords(store, life),
        new Steps(store, life),
        new JobReader(store),
        new Plans(store, life),
        new RequestClaims(store));
  }
}
