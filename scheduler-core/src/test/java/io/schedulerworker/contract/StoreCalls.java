package io.schedulerworker.contract;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Every call of the port, for rules that hold for all of them. */
final class StoreCalls {
  private final KvStore store;
  private final Version version;
  private final Deadline deadline;

  StoreCalls(KvStore store, Version version, Deadline deadline) {
    this.store = store;
    this.version = version;
    this.deadline = deadline;
  }

  /** The calls that write a value, by name. */
  Map<String, ThrowingCallable> writing(String key, String value) {
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("put", () -> store.put(key, value, Ttl.NONE, deadline));
    calls.put("putIfAbsent", () -> store.putIfAbsent(key, value, Ttl.NONE, deadline));
    calls.put(
        "replaceIfUnchanged",
        () -> store.replaceIfUnchanged(key, value, version, Ttl.NONE, deadline));
    return calls;
  }

  /** The calls that name one key, by name. */
  Map<String, ThrowingCallable> keyed(String key) {
    Map<String, ThrowingCallable> calls = writing(key, "written");
    calls.put("get", () -> store.get(key, deadline));
    calls.put("delete", () -> store.delete(key, deadline));
    calls.put("deleteIfUnchanged", () -> store.deleteIfUnchanged(key, version, deadline));
    return calls;
  }

  /** All calls but close, by name. */
  Map<String, ThrowingCallable> all(String key) {
    Map<String, ThrowingCallable> calls = keyed(key);
    calls.put("list", () -> store.list(KvListing.ascending(key, 10), deadline));
    return calls;
  }
}
