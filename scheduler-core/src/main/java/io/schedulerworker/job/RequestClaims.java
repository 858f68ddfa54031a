package io.schedulerworker.job;

import io.schedulerworker.json.RequestClaimJson;
import io.schedulerworker.model.RequestClaim;
import io.schedulerworker.model.RequestConflictException;
import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.util.Optional;

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
        .map(entry -> RequestClaimJson.read(entry.value()))
        .map(claim -> sameRequest(claim, request));
  }

  /** Claims a name, or finds what another claimed it for a moment ago. */
  RequestClaim claim(String requestKey, RequestClaim wanted, Deadline deadline) {
    Optional<RequestClaim> claimed = Optional.empty();
    while (claimed.isEmpty()) {
      claimed = store
          .putIfAbsent(
              RequestClaim.key(requestKey), RequestClaimJson.write(wanted), ONE_DAY, deadline)
          .map(version -> wanted)
          .or(() -> find(requestKey, wanted.request(), deadline));
    }
    return claimed.get();
  }

  private static RequestClaim sameRequest(RequestClaim claim, String request) {
    if (!claim.request().equals(request)) {
      throw new RequestConflictException();
    }
    return claim;
  }
}
