package io.schedulerworker;

import io.schedulerworker.json.JobRecordJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.JobPage;
import io.schedulerworker.model.JobQuery;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.TraceId;
import io.schedulerworker.port.Clock;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvPage;
import io.schedulerworker.port.KvStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job records in JOBS_KV as people look at them, whoever wrote them. Thread-safe; blocks, each call up to the timeout.
 */
public final class JobStore {
  private static final Logger LOG = System.getLogger(JobStore.class.getName());

  /** Records can be large: few at a time are in memory. */
  private static final int RECORDS_AT_A_TIME = 20;

  private static final int MOST_LOOKS = 2_000;

  private final KvStore store;
  private final Clock clock;
  private final Duration timeout;

  /**
   * The records in a store, which stays the caller's.
   *
   * @param jobsKv holds the records
   * @param clock for deadlines
   * @param timeout bounds each call, more than zero
   */
  public JobStore(KvStore jobsKv, Clock clock, Duration timeout) {
    this.store = jobsKv;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * One job.
   *
   * @param traceId its name
   * @return its record; empty if there is none
   * @throws FormatException if what is stored is no job record
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<JobRecord> find(TraceId traceId) {
    return store
        .get(JobRecord.key(traceId), Deadline.in(timeout, clock))
        .map(entry -> JobRecordJson.read(entry.value()));
  }

  /**
   * The newest job.
   *
   * @return its name, as noted when it was made; empty before the first
   * @throws FormatException if what is noted is no trace id
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public Optional<TraceId> newest() {
    return store
        .get(JobRecord.LAST_TRACE_ID_KEY, Deadline.in(timeout, clock))
        .map(entry -> traceId(entry.value()));
  }

  private static TraceId traceId(String text) {
    try {
      return new TraceId(text);
    } catch (IllegalArgumentException e) {
      throw new FormatException(JobRecord.LAST_TRACE_ID_KEY + " holds no trace id");
    }
  }

  /**
   * Jobs, newest first. What is stored under the key of a job and is no job record is passed over, with a warning.
   *
   * @param query which ones
   * @return a page; it may be short, even empty, and yet have a next one, where few of many jobs match
   * @throws io.schedulerworker.port.KvStoreException if the store fails
   */
  public JobPage list(JobQuery query) {
    Deadline deadline = Deadline.in(timeout, clock);
    Scan scan = new Scan(query);
    KvListing listing = KvListing.descending(JobRecord.KEY_PREFIX, RECORDS_AT_A_TIME);
    Optional<String> from = query.before().map(JobRecord::key);
    do {
      KvPage page = store.list(from.map(listing::after).orElse(listing), deadline);
      if (!page.entries().stream().allMatch(scan::goesOnAfter)) {
        return scan.page();
      }
      from = page.next();
    } while (from.isPresent());
    return scan.lastPage();
  }

  /** One walk down the records, until there are enough or it has gone far enough. */
  private static final class Scan {
    private final JobQuery query;
    private final List<JobRecord> found = new ArrayList<>();
    private @Nullable TraceId last;
    private int looks;

    Scan(JobQuery query) {
      this.query = query;
    }

    boolean goesOnAfter(KvEntry entry) {
      if (found.size() == query.limit() || looks == MOST_LOOKS) {
        return false;
      }
      looks++;
      read(entry).ifPresent(this::look);
      return true;
    }

    private void look(JobRecord job) {
      last = job.traceId();
      if (query.matches(job)) {
        found.add(job);
      }
    }

    JobPage page() {
      return new JobPage(found, Optional.ofNullable(last));
    }

    JobPage lastPage() {
      return new JobPage(found, Optional.empty());
    }
  }

  private static Optional<JobRecord> read(KvEntry entry) {
    try {
      return Optional.of(JobRecordJson.read(entry.value()));
    } catch (FormatException e) {
      LOG.log(
          Level.WARNING,
          "what is stored under {0} is passed over: {1}",
          entry.key(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
