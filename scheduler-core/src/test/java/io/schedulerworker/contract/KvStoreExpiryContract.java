package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Time to live. */
public abstract class KvStoreExpiryContract extends KvStoreTestBase {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(10);

  /** For adapters' tests. */
  protected KvStoreExpiryContract() {}

  @Test
  void aValueLivesAsLongAsItWasGiven() {
    long start = System.nanoTime();
    Version version = put(key("alive"), "value", SHORT);
    harness().advance(SHORT.minusMillis(100));

    boolean read = get(key("alive")).isPresent();
    boolean refused = putIfAbsent(key("alive"), "other").isEmpty();
    boolean listed = !list(KvListing.ascending(key(""), 1)).entries().isEmpty();
    boolean replaced = store()
        .replaceIfUnchanged(key("alive"), "next", version, Ttl.of(SHORT), ample())
        .isPresent();

    assumeTrue(System.nanoTime() - start < SHORT.toNanos(), "this machine was too slow to tell");
    assertThat(List.of(read, refused, listed, replaced)).doesNotContain(false);
  }

  @Test
  void anExpiredValueIsAbsentToReads() {
    expire("gone");

    assertThat(get(key("gone"))).isEmpty();
  }

  @Test
  void anExpiredValueIsAbsentToListings() {
    put(key("a"), "for ever");
    expire("b");
    put(key("c"), "for long", LONG);

    assertThat(listNames(KvListing.ascending(key(""), 1))).containsExactly("a", "c");
    assertThat(listNames(KvListing.descending(key(""), 2))).containsExactly("c", "a");
  }

  @Test
  void anExpiredValueIsAbsentToPutIfAbsent() {
    expire("gone");

    assertThat(putIfAbsent(key("gone"), "new")).isPresent();

    assertThat(value(key("gone"))).contains("new");
    assertThat(putIfAbsent(key("gone"), "newer")).isEmpty();
  }

  @Test
  void anExpiredValueIsAbsentToReplaceIfUnchanged() {
    Version version = expire("gone");

    assertThat(replace(key("gone"), "revived", version)).isEmpty();

    assertThat(get(key("gone"))).isEmpty();
  }

  @Test
  void anExpiredValueIsAbsentToDeleteIfUnchanged() {
    Version version = expire("gone");

    assertThat(deleteIfUnchanged(key("gone"), version)).isFalse();
  }

  @Test
  void deletingAnExpiredValueIsNoError() {
    expire("gone");

    store().delete(key("gone"), ample());

    assertThat(get(key("gone"))).isEmpty();
  }

  @Test
  void aLaterWriteWithoutTimeToLiveKeepsNone() {
    put(key("put"), "mortal", SHORT);
    Version mortal = put(key("replaced"), "mortal", SHORT);
    put(key("put"), "immortal");
    assertThat(replace(key("replaced"), "immortal", mortal)).isPresent();

    harness().advance(past(SHORT));

    assertThat(value(key("put"))).contains("immortal");
    assertThat(value(key("replaced"))).contains("immortal");
  }

  @Test
  void aValueCreatedAfterAnExpiredOneInheritsNoTime() {
    expire("reborn");
    putIfAbsent(key("reborn"), "immortal");

    harness().advance(past(SHORT));

    assertThat(value(key("reborn"))).contains("immortal");
  }

  @Test
  void aLaterWriteProlongsTheLife() {
    put(key("put"), "value", SHORT);
    Version version = put(key("replaced"), "value", SHORT);
    put(key("put"), "value", LONG);
    store().replaceIfUnchanged(key("replaced"), "value", version, Ttl.of(LONG), ample());

    harness().advance(past(SHORT));

    assertThat(get(key("put"))).isPresent();
    assertThat(get(key("replaced"))).isPresent();
  }

  @Test
  void aLaterWriteShortensTheLife() {
    put(key("put"), "value");
    Version version = put(key("replaced"), "value", LONG);
    put(key("put"), "value", SHORT);
    store().replaceIfUnchanged(key("replaced"), "value", version, Ttl.of(SHORT), ample());

    harness().advance(past(SHORT));

    assertThat(get(key("put"))).isEmpty();
    assertThat(get(key("replaced"))).isEmpty();
  }

  @Test
  void aRefusedWriteLeavesTheTimeAsItIs() {
    Version stale = put(key("mortal"), "old");
    put(key("mortal"), "value", SHORT);
    put(key("immortal"), "value");
    putIfAbsent(key("mortal"), "refused");
    replace(key("mortal"), "refused", stale);
    store().putIfAbsent(key("immortal"), "refused", Ttl.of(SHORT), ample());

    harness().advance(past(SHORT));

    assertThat(get(key("mortal"))).isEmpty();
    assertThat(value(key("immortal"))).contains("value");
  }

  @Test
  void aMillisecondIsATimeToLive() {
    put(key("brief"), "value", Duration.ofMillis(1));

    harness().advance(past(Duration.ofMillis(1)));

    assertThat(get(key("brief"))).isEmpty();
  }

  @Test
  void aThousandYearsAreATimeToLive() {
    put(key("ancient"), "value", Duration.ofDays(365_000));

    harness().advance(Duration.ofSeconds(1));

    assertThat(get(key("ancient"))).isPresent();
  }

  private Version expire(String name) {
    Version version = put(key(name), "mortal", SHORT);
    harness().advance(past(SHORT));
    return version;
  }

  /** A store may round a time to live up, to whole seconds at most. */
  private static Duration past(Duration ttl) {
    return ttl.plusMillis(1_100);
  }
}
