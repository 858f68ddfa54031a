package io.schedulerworker.port;

import java.util.Set;

/**
 * Opens stores by URI. Found by {@link java.util.ServiceLoader}: a jar on the class path adds its schemes.
 * Implementations have a public constructor without arguments.
 */
public interface KvStoreProvider {
  /**
   * The URI schemes that this provider opens, in lower case.
   *
   * @return at least one, for example {@code memory}
   */
  Set<String> schemes();

  /**
   * Opens a store. Does not wait for a server: one that is out of reach now fails the calls, not the opening.
   *
   * @param uri the URI's text, with one of the schemes
   * @param clock for deadlines, and for expiry where no server decides it
   * @return the store, to be closed by the caller
   * @throws IllegalArgumentException if the URI is malformed; the message says what is allowed and shows no password
   */
  KvStore open(String uri, Clock clock);
}
