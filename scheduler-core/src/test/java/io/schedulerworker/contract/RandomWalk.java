package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Does the same random steps, the same ones in every run, to a store and to a plain map and compares them after each. */
final class RandomWalk {
  private static final int KEYS = 4;
  private static final int VALUES = 5;

  private final Random random = new Random(20_261_123);
  private final Map<String, String> model = new HashMap<>();
  private final Map<String, Version> versions = new HashMap<>();
  private final KvStore store;
  private final String prefix;

  RandomWalk(KvStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  void steps(int count) {
    for (int i = 0; i < count; i++) {
      String key = prefix + random.nextInt(KEYS);
      String value = "value " + random.nextInt(VALUES);
      step(key, value);
      assertThat(store.get(key, deadline()).map(KvEntry::value))
          .as("after step %d", i)
          .isEqualTo(Optional.ofNullable(model.get(key)));
    }
    compareListing();
  }

  private void step(String key, String value) {
    switch (random.nextInt(5)) {
      case 0 -> {
        remember(key, value, store.put(key, value, Ttl.NONE, deadline()));
        model.put(key, value);
      }
      case 1 -> {
        Optional<Version> created = store.putIfAbsent(key, value, Ttl.NONE, deadline());
        assertThat(created.isPresent()).isEqualTo(!model.containsKey(key));
        created.ifPresent(version -> remember(key, value, version));
        model.putIfAbsent(key, value);
      }
      case 2 -> replace(key, value);
      case 3 -> deleteIfUnchanged(key, value);
      default -> {
        store.delete(key, deadline());
        model.remove(key);
      }
    }
  }

  private void replace(String key, String value) {
    String expected = "value " + random.nextInt(VALUES);
    Version version = versions.get(key + expected);
    if (version == null) {
      return;
    }
    Optional<Version> written = store.replaceIfUnchanged(key, value, version, Ttl.NONE, deadline());
    // Equal values may have different versions, so that a refusal proves nothing.
    if (written.isPresent()) {
      assertThat(model).containsEntry(key, expected);
      model.put(key, value);
      remember(key, value, written.get());
    }
  }

  private void deleteIfUnchanged(String key, String expected) {
    Version version = versions.get(key + expected);
    if (version != null && store.deleteIfUnchanged(key, version, deadline())) {
      assertThat(model).containsEntry(key, expected);
      model.remove(key);
    }
  }

  private void remember(String key, String value, Version version) {
    versions.put(key + value, version);
  }

  private void compareListing() {
    Map<String, String> listed = new HashMap<>();
    store
        .list(KvListing.ascending(prefix, KEYS + 1), deadline())
        .entries()
        .forEach(entry -> listed.put(entry.key(), entry.value()));
    assertThat(listed).isEqualTo(model);
  }

  private static Deadline deadline() {
    return KvStoreTestBase.ample();
  }
}
