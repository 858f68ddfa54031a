package io.schedulerworker.job;

import io.schedulerworker.model.JobRecord;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvPage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks down the job records, newest first, a few at a time: mostly through the newest ones only, once a day through all.
 * Records can be large, so the pages are small. Not thread-safe.
 */
final class RecordWalk {
  private static final Duration BETWEEN_WHOLE_WALKS = Duration.ofHours(24);
  private static final int NEWEST = 200;
  private static final int MOST_AT_A_TIME = 20;
  private static final int CHARACTERS_AT_A_TIME = 1 << 20;

  private final JobRecords records;
  private final Clock clock;
  private Optional<String> position = Optional.empty();
  private int atATime = 1;
  private int looked;
  private boolean whole = true;
  private @Nullable Long wholeSince;

  RecordWalk(JobRecords records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /** What follows the prefix in a record's key. */
  static String name(String key) {
    return key.substring(JobRecord.KEY_PREFIX.length());
  }

  /** The name of the last one that was looked at; empty at the beginning. */
  Optional<String> position() {
    return position;
  }

  /** Whether the next page begins a new walk. */
  boolean isAtTheBeginning() {
    return position.isEmpty();
  }

  /** The next few; the same ones until they have been {@linkplain #done looked at}. */
  KvPage next(Deadline deadline) {
    return records.page(position, atATime, deadline);
  }

  /** Goes on behind a page, or begins anew. */
  void done(KvPage page) {
    position = page.next().map(RecordWalk::name);
    looked += page.entries().size();
    adapt(page);
    if (position.isEmpty() || (!whole && looked >= NEWEST)) {
      end();
    }
  }

  private void adapt(KvPage page) {
    long size =
        page.entries().stream().mapToLong(entry -> entry.value().length()).sum();
    if (size > CHARACTERS_AT_A_TIME) {
      atATime = Math.max(1, atATime / 2);
    } else if (size * 2 <= CHARACTERS_AT_A_TIME) {
      atATime = Math.min(MOST_AT_A_TIME, atATime * 2);
    }
  }

  private void end() {
    long now = clock.nanoTime();
    wholeSince = whole ? Long.valueOf(now) : wholeSince;
    whole = wholeSince == null || now - wholeSince >= BETWEEN_WHOLE_WALKS.toNanos();
    position = Optional.empty();
    looked = 0;
  }
}
