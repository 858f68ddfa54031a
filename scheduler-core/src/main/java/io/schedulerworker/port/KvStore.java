package io.schedulerworker.port;

import java.util.Optional;

/**
 * A store of texts under keys.
 *
 * <p><b>Keys and values.</b> A key is any text of 1 to 512 bytes in UTF-8; a value any text of 1 byte to 64 MB. Texts
 * that are not well-formed Unicode (an unpaired surrogate) and sizes out of these bounds are the caller's mistake:
 * {@link IllegalArgumentException}, nothing sent.
 *
 * <p><b>What is atomic.</b> Each write of one key happens whole or not at all, and a condition is checked in the same
 * step as the write: among any number of writers that ask {@link #putIfAbsent} for one key, or {@link
 * #replaceIfUnchanged} with one version, one succeeds. There is nothing across keys. A read sees the last write that
 * returned before it began, from whichever process.
 *
 * <p><b>Expiry.</b> Every write sets the time to live anew; one without a time to live keeps none. A value whose time is
 * over is absent everywhere: to reads, conditions and listings. Which clock decides, the store's or ours, the adapter
 * says.
 *
 * <p><b>Failures.</b> {@link KvStoreException}, whose kind says whether a write may have happened. Reads and listings
 * may be repeated at will; {@link #put} and {@link #delete} too, where the last writer may win. After an unknown outcome
 * of a conditional write, read: a value made unmistakable by a nonce tells whose it is. An adapter never repeats by
 * itself a write that may have happened.
 *
 * <p><b>Threads and deadlines.</b> All calls block, may come from any number of threads, and end by their deadline, give
 * or take the scheduling of threads; a deadline that is over on entry is {@link KvStoreException.Kind#UNAVAILABLE}. They
 * must not be called on a client library's own callback thread. An interrupt ends a call early: the thread's flag stays
 * set and the outcome is an exception of the fitting kind.
 */
public interface KvStore extends AutoCloseable {
  /** The greatest key, in bytes of UTF-8. */
  int MAX_KEY_BYTES = 512;

  /** The greatest value, in bytes of UTF-8: 64 MB. */
  int MAX_VALUE_BYTES = 64 << 20;

  /**
   * Reads a value.
   *
   * @param key whose
   * @param deadline by when the call must have ended
   * @return the entry; empty if there is none
   * @throws KvStoreException if it could not be read
   */
  Optional<KvEntry> get(String key, Deadline deadline);

  /**
   * Writes a value, whatever is there.
   *
   * @param key whose
   * @param value the new value
   * @param ttl how long it lives
   * @param deadline by when the call must have ended
   * @return the version of the value written
   * @throws KvStoreException if it was not written, or perhaps was
   */
  Version put(String key, String value, Ttl ttl, Deadline deadline);

  /**
   * Writes a value if there is none.
   *
   * @param key whose
   * @param value the new value
   * @param ttl how long it lives
   * @param deadline by when the call must have ended
   * @return the version of the value written; empty if there is a value already, which then stays as it is
   * @throws KvStoreException if it was not written, or perhaps was
   */
  Optional<Version> putIfAbsent(String key, String value, Ttl ttl, Deadline deadline);

  /**
   * Writes a value if the present one has a certain version.
   *
   * @param key whose
   * @param value the new value; may equal the present one, which sets the time to live anew
   * @param expected the version that must be there
   * @param ttl how long it lives
   * @param deadline by when the call must have ended
   * @return the version of the value written; empty if another value or none is there, which then stays as it is
   * @throws KvStoreException if it was not written, or perhaps was
   */
  Optional<Version> replaceIfUnchanged(
      String key, String value, Version expected, Ttl ttl, Deadline deadline);

  /**
   * Deletes a value, if there is one.
   *
   * @param key whose
   * @param deadline by when the call must have ended
   * @throws KvStoreException if it was not deleted, or perhaps was
   */
  void delete(String key, Deadline deadline);

  /**
   * Deletes a value if it has a certain version.
   *
   * @param key whose
   * @param expected the version that must be there
   * @param deadline by when the call must have ended
   * @return true if this call deleted it; false if another value or none is there
   * @throws KvStoreException if it was not deleted, or perhaps was
   */
  boolean deleteIfUnchanged(String key, Version expected, Deadline deadline);

  /**
   * Lists entries in the order of their keys.
   *
   * <p>While others write, a key that is there throughout appears exactly once over the pages of a listing, one that
   * comes or goes at most once. Each entry is one that was there at some moment of the call. A store may end a page
   * early, to bound its size.
   *
   * @param listing prefix, order, where to begin, how many
   * @param deadline by when the call must have ended
   * @return the next entries
   * @throws KvStoreException if they could not be read
   */
  KvPage list(KvListing listing, Deadline deadline);

  /** Frees what the store opened. May be called again. Other calls fail afterwards with {@link IllegalStateException}. */
  @Override
  void close();
}
