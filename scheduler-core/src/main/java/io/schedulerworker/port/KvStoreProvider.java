package io.schedulerworker.port;

import java.util.Optional;
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
   * @throws IllegalArgumentException if the URI is malformed or what it names can never be a store, such as a directory or
   *     a damaged file; the message says what is allowed or to be done, and shows no password
   * @throws StoreInUseException if the store is for one process at a time and another has it
   */
  KvStore open(String uri, Clock clock);

  /**
   * The file of a store that one process at a time can have: its owner leaves its address beside it, for the others.
   *
   * @param uri the URI's text, with one of the schemes
   * @return its absolute path; empty for a store that processes share, or that none could find
   * @throws IllegalArgumentException if the URI is malformed, as for {@link #open}
   */
  default Optional<String> exclusiveFile(String uri) {
    return Optional.empty();
  }

  /**
   * Makes what a store needs and that is not there yet, such as a table, and waits until it can be used. Leaves alone what is
   * there.
   *
   * @param uri the URI's text, with one of the schemes
   * @param clock for the deadline
   * @param deadline by when the call must have ended
   * @return one line for a person that says what was made; empty if there was nothing to make
   * @throws IllegalArgumentException if the URI is malformed, as for {@link #open}
   * @throws KvStoreException if it could not be made
   */
  default Optional<String> create(String uri, Clock clock, Deadline deadline) {
    return Optional.empty();
  }
}
