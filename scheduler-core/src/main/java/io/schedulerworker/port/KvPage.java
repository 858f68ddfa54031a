package io.schedulerworker.port;

import java.util.List;
import java.util.Optional;

/**
 * A part of a listing.
 *
 * @param entries in the order asked for; may be empty although more follow; copied
 * @param next where the next page begins; empty if this is the last
 */
public record KvPage(List<KvEntry> entries, Optional<String> next) {
  /**
   * Copies the entries.
   *
   * @param entries as above
   * @param next as above
   */
  public KvPage {
    entries = List.copyOf(entries);
  }
}
