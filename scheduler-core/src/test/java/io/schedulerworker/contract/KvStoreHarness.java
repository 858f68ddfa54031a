package io.schedulerworker.contract;

import io.schedulerworker.port.KvStore;
import java.time.Duration;
import java.util.Optional;

/**
 * The way from the contracts to one adapter's store. Made for every test and closed after it; the server behind it may be
 * shared, for no test uses another's keys.
 */
public interface KvStoreHarness extends AutoCloseable {
  /**
   * The store under test.
   *
   * @return always the same
   */
  KvStore store();

  /**
   * Opens a second store on the same data, as another process would.
   *
   * @return closed by the test; empty if the adapter cannot, which skips what needs it
   */
  default Optional<KvStore> openSecondHandle() {
    return Optional.empty();
  }

  /**
   * Lets time pass for what expires: moves the injected clock or, where a server's clock decides, waits so long.
   *
   * @param span how long
   */
  void advance(Duration span);

  /**
   * Reads past the adapter, as a foreign program would.
   *
   * @param key whose
   * @return the stored text; empty if there is none
   */
  Optional<String> rawGet(String key);

  /**
   * Writes past the adapter, as a foreign program would that knows nothing of versions.
   *
   * @param key whose
   * @param value the stored text
   */
  void rawPut(String key, String value);

  /** Closes the store and what the harness itself opened. */
  @Override
  void close();
}
