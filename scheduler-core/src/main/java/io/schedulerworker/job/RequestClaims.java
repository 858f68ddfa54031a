package io.schedulerworker.job;

import io.schedulerworker.json.RequestClaimJson;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.model.RequestConflictException;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Which requests of the last day led to which jobs. */
final class RequestClaims {
  private static final Ttl ONE_DAY = Ttl.of(Duration.ofHours(24));

  private final KvStore store;

  RequestClaims(KvStore store) {
    this.store = store;
  }

  /** What an earlier request of that name led to; a conflict if it asked for something else. */
  Optional<RequestClaim> find(String requestKey, String request, Deadline deadline) {
    return store
        .get(RequestClaim.key(requestKey), deadline)
        .map(RequestClaims::read)
        .map(claim -> sameRequest(claim, request));
  }

  /**
   * Claims a name, or finds what another claimed it for a moment ago.
   *
   * @param isVoid whether a claim leads to no job any more, and gives way
   */
  RequestClaim claim(
      String requestKey, RequestClaim wanted, Predicate<RequestClaim> isVoid, Deadline deadline) {
    String key = RequestClaim.key(requestKey);
    String text = RequestClaimJson.write(wanted);
    while (true) {
      if (store.putIfAbsent(key, text, ONE_DAY, deadline).isPresent()) {
        return wanted;
      }
      Optional<KvEntry> found = store.get(key, deadline);
      if (found.isPresent()) {
        RequestClaim claim = sameRequest(read(found.get()), wanted.request());
        if (!isVoid.test(claim)) {
          return claim;
        }
        if (replace(found.get(), text, deadline)) {
          return wanted;
        }
      }
    }
  }

  /** Notes that the job of a claim was made. */
  void begun(String requestKey, RequestClaim claim, Deadline deadline) {
    store
        .get(RequestClaim.key(requestKey), deadline)
        .filter(found -> read(found).equals(claim))
        .ifPresent(found -> replace(found, RequestClaimJson.write(claim.asBegun()), deadline));
  }

  private boolean replace(KvEntry found, String text, Deadline deadline) {
    return store
        .replaceIfUnchanged(found.key(), text, found.version(), ONE_DAY, deadline)
        .isPresent();
  }

  private static RequestClaim read(KvEntry entry) {
    return RequestClaimJson.read(entry.value());
  }

  private static RequestClaim sameRequest(RequestClaim claim, String request) {
    if (!claim.request().equals(request)) {
      throw new RequestConflictException();
    }
    return claim;
  }
}
