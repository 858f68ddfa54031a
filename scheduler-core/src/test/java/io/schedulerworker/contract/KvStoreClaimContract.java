package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two owners and one lease, the way the core uses a store: create if absent, renew and release under the own version. The
 * owners use two handles where the adapter can open them.
 */
public abstract class KvStoreClaimContract extends KvStoreTestBase {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration PAST_THE_LEASE = LEASE.plusMillis(1_100);

  private Optional<KvStore> second = Optional.empty();
  private Owner alice;
  private Owner bob;

  /** For adapters' tests. */
  protected KvStoreClaimContract() {}

  @BeforeEach
  final void createOwners() {
    second = harness().openSecondHandle();
    alice = new Owner("alice", store());
    bob = new Owner("bob", second.orElse(store()));
  }

  @AfterEach
  final void closeSecondHandle() {
    second.ifPresent(KvStore::close);
  }

  @Test
  void oneOfTwoOwnersGetsTheClaim() {
    assertThat(alice.claim(LONG)).isPresent();
    assertThat(bob.claim(LONG)).isEmpty();

    assertThat(owner()).contains("alice");
  }

  @Test
  void aReleasedClaimIsFreeAtOnce() {
    Version claim = alice.claim(LONG).orElseThrow();

    assertThat(alice.release(claim)).isTrue();

    assertThat(bob.claim(LONG)).isPresent();
  }

  @Test
  void anExpiredClaimIsFree() {
    alice.claim(LEASE);
    harness().advance(PAST_THE_LEASE);

    assertThat(bob.claim(LONG)).isPresent();

    assertThat(owner()).contains("bob");
  }

  @Test
  void aStaleOwnerDoesNotReleaseItsSuccessor() {
    Version stale = alice.claim(LEASE).orElseThrow();
    harness().advance(PAST_THE_LEASE);
    bob.claim(LONG);

    assertThat(alice.release(stale)).isFalse();

    assertThat(owner()).contains("bob");
  }

  @Test
  void aStaleOwnerDoesNotRenewItsSuccessorsClaim() {
    Version stale = alice.claim(LEASE).orElseThrow();
    harness().advance(PAST_THE_LEASE);
    bob.claim(LONG);

    assertThat(alice.renew(stale, LONG)).isEmpty();

    assertThat(owner()).contains("bob");
  }

  @Test
  void aRenewedClaimOutlivesItsFirstLease() {
    Version claim = alice.claim(LEASE).orElseThrow();
    assertThat(alice.renew(claim, LONG)).isPresent();

    harness().advance(PAST_THE_LEASE);

    assertThat(bob.claim(LONG)).isEmpty();
    assertThat(owner()).contains("alice");
  }

  @Test
  void renewalAfterExpiryFailsAndNobodyHoldsTheClaim() {
    Version claim = alice.claim(LEASE).orElseThrow();
    harness().advance(PAST_THE_LEASE);

    assertThat(alice.renew(claim, LONG)).isEmpty();

    assertThat(owner()).isEmpty();
    assertThat(bob.claim(LONG)).isPresent();
  }

  @Test
  void aTakeoverUnderTheVersionSeenFencesTheFormerOwner() {
    Version held = alice.claim(LONG).orElseThrow();
    Version seen = bob.read().orElseThrow().version();

    assertThat(bob.renew(seen, LONG)).isPresent();

    assertThat(owner()).contains("bob");
    assertThat(alice.renew(held, LONG)).isEmpty();
    assertThat(alice.release(held)).isFalse();
  }

  @Test
  void aTakeoverIsLostToARenewalInBetween() {
    Version held = alice.claim(LONG).orElseThrow();
    Version seen = bob.read().orElseThrow().version();
    alice.renew(held, LONG);

    assertThat(bob.renew(seen, LONG)).isEmpty();

    assertThat(owner()).contains("alice");
  }

  private Optional<String> owner() {
    return value(key("lease")).map(lease -> lease.substring(0, lease.indexOf(' ')));
  }

  /** Writes its name and a number that no other write of it has, as leases do. */
  private final class Owner {
    private final String name;
    private final KvStore handle;
    private int sequence;

    Owner(String name, KvStore handle) {
      this.name = name;
      this.handle = handle;
    }

    Optional<Version> claim(Duration lease) {
      return handle.putIfAbsent(key("lease"), nextValue(), Ttl.of(lease), ample());
    }

    Optional<Version> renew(Version claim, Duration lease) {
      return handle.replaceIfUnchanged(key("lease"), nextValue(), claim, Ttl.of(lease), ample());
    }

    boolean release(Version claim) {
      return handle.deleteIfUnchanged(key("lease"), claim, ample());
    }

    Optional<KvEntry> read() {
      return handle.get(key("lease"), ample());
    }

    private String nextValue() {
      sequence++;
      return name + " " + sequence;
    }
  }
}
