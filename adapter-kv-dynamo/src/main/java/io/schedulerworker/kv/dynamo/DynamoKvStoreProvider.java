package io.schedulerworker.kv.dynamo;

import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.KvStoreProvider;
import java.util.Optional;
import java.util.Set;

/** Opens {@code dynamodb://}: a {@link DynamoKvStore}. */
public final class DynamoKvStoreProvider implements KvStoreProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DynamoKvStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("dynamodb");
  }

  @Override
  public KvStore open(String uri, Clock clock) {
    return new DynamoKvStore(TableAddress.parse(uri), clock);
  }

  @Override
  public Optional<String> create(String uri, Clock clock, Deadline deadline) {
    TableAddress address = TableAddress.parse(uri);
    Failures failures = new Failures(address.shown());
    try (LazyClient client = new LazyClient(address)) {
      return new TableMaker(address.table(), new Attempts(client, failures), failures)
          .make(deadline);
    }
  }
}
