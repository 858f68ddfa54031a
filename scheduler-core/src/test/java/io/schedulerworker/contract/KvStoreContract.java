package io.schedulerworker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvListing;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.port.Ttl;
import io.schedulerworker.port.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads, writes, conditions and versions of one key at a time. */
public abstract class KvStoreContract extends KvStoreTestBase {
  /** For adapters' tests. */
  protected KvStoreContract() {}

  @Test
  void readsNothingWhereNothingWasWritten() {
    assertThat(get(key("nothing"))).isEmpty();
  }

  @Test
  void readsTheLastWrite() {
    for (int i = 0; i < 20; i++) {
      put(key("last"), "value " + i);
      assertThat(value(key("last"))).contains("value " + i);
    }
  }

  @Test
  void readsWhatAnotherHandleWrote() {
    Optional<KvStore> opened = harness().openSecondHandle();
    assumeTrue(opened.isPresent(), "the adapter cannot open the same data twice");
    try (KvStore second = opened.get()) {
      for (int i = 0; i < 20; i++) {
        Version version = second.put(key("shared"), "value " + i, Ttl.NONE, ample());
        assertThat(get(key("shared"))).contains(new KvEntry(key("shared"), "value " + i, version));
      }
    }
  }

  @Test
  void storesPlainTextThatOthersCanRead() {
    put(key("plain"), "{\"naïve\": \"✓\"}");

    assertThat(harness().rawGet(key("plain"))).contains("{\"naïve\": \"✓\"}");
  }

  @Test
  void createsWhereNothingIs() {
    Optional<Version> created = putIfAbsent(key("new"), "mine");

    assertThat(get(key("new"))).contains(new KvEntry(key("new"), "mine", created.orElseThrow()));
  }

  @Test
  void createsNothingWhereAValueIs() {
    Version first = put(key("taken"), "first");

    assertThat(putIfAbsent(key("taken"), "second")).isEmpty();

    assertThat(get(key("taken"))).contains(new KvEntry(key("taken"), "first", first));
  }

  @Test
  void createsAgainAfterADelete() {
    put(key("again"), "first");
    store().delete(key("again"), ample());

    assertThat(putIfAbsent(key("again"), "second")).isPresent();

    assertThat(value(key("again"))).contains("second");
  }

  @Test
  void replacesTheVersionThatWasRead() {
    put(key("cas"), "old");
    Version read = get(key("cas")).orElseThrow().version();

    Optional<Version> written = replace(key("cas"), "new", read);

    assertThat(get(key("cas"))).contains(new KvEntry(key("cas"), "new", written.orElseThrow()));
  }

  @Test
  void replacesWithAnEqualValue() {
    Version version = put(key("same"), "value");

    assertThat(replace(key("same"), "value", version)).isPresent();
    assertThat(value(key("same"))).contains("value");
  }

  @Test
  void replacesNothingButTheExpectedVersion() {
    Version stale = put(key("cas"), "old");
    put(key("cas"), "newer");

    assertThat(replace(key("cas"), "lost race", stale)).isEmpty();

    assertThat(value(key("cas"))).contains("newer");
  }

  @Test
  void replacesNothingWhereNothingIs() {
    Version version = put(key("gone"), "value");
    store().delete(key("gone"), ample());

    assertThat(replace(key("gone"), "revived", version)).isEmpty();

    assertThat(get(key("gone"))).isEmpty();
  }

  @Test
  void deletesWhateverIsThere() {
    put(key("doomed"), "value");

    store().delete(key("doomed"), ample());

    assertThat(get(key("doomed"))).isEmpty();
    assertThat(harness().rawGet(key("doomed"))).isEmpty();
  }

  @Test
  void deletingWhatIsAbsentIsNoError() {
    assertThatCode(() -> store().delete(key("absent"), ample())).doesNotThrowAnyException();
  }

  @Test
  void deletesTheExpectedVersionOnce() {
    Version version = put(key("doomed"), "value");

    assertThat(deleteIfUnchanged(key("doomed"), version)).isTrue();
    assertThat(get(key("doomed"))).isEmpty();
    assertThat(deleteIfUnchanged(key("doomed"), version)).isFalse();
  }

  @Test
  void deletesNothingButTheExpectedVersion() {
    Version stale = put(key("kept"), "old");
    put(key("kept"), "new");

    assertThat(deleteIfUnchanged(key("kept"), stale)).isFalse();

    assertThat(value(key("kept"))).contains("new");
  }

  @Test
  void everyWriteReturnsTheVersionThatReadsSee() {
    String key = key("versions");

    Version put = put(key, "one");
    assertThat(get(key).orElseThrow().version()).isEqualTo(put);

    Version replaced = replace(key, "two", put).orElseThrow();
    assertThat(get(key).orElseThrow().version()).isEqualTo(replaced);
    assertThat(list(KvListing.ascending(key, 1)).entries())
        .containsExactly(new KvEntry(key, "two", replaced));
  }

  @Test
  void differentValuesOfOneKeyHaveDifferentVersions() {
    Version first = put(key("versions"), "value");

    assertThat(put(key("versions"), "value ")).isNotEqualTo(first);
    assertThat(put(key("versions"), "Value")).isNotEqualTo(first);
  }

  @Test
  void aVersionIsThatOfTheValueReadHoweverLateItIsAskedFor() {
    String key = key("versions");
    Version first = put(key, "one");
    KvEntry read = get(key).orElseThrow();
    KvEntry listed = list(KvListing.ascending(key, 1)).entries().get(0);

    Version second = put(key, "two");

    assertThat(read.version()).isEqualTo(first).isNotEqualTo(second);
    assertThat(listed.version()).isEqualTo(first).isNotEqualTo(second);
  }

  @Test
  void versionsAreShortEnoughToLog() {
    String token = put(key("long"), "x".repeat(100_000)).token();

    assertThat(token).isNotEmpty().hasSizeLessThanOrEqualTo(128);
  }

  @Test
  void readsWhatAForeignWriterWrote() {
    harness().rawPut(key("foreign"), "by hand");

    KvEntry entry = get(key("foreign")).orElseThrow();

    assertThat(entry.value()).isEqualTo("by hand");
    assertThat(putIfAbsent(key("foreign"), "ours")).isEmpty();
    assertThat(replace(key("foreign"), "ours", entry.version())).isPresent();
  }

  @Test
  void aForeignWriteChangesTheVersion() {
    Version ours = put(key("foreign"), "ours");

    harness().rawPut(key("foreign"), "by hand");

    assertThat(get(key("foreign")).orElseThrow().version()).isNotEqualTo(ours);
    assertThat(replace(key("foreign"), "ours again", ours)).isEmpty();
    assertThat(deleteIfUnchanged(key("foreign"), ours)).isFalse();
    assertThat(harness().rawGet(key("foreign"))).contains("by hand");
  }

  @Test
  void agreesWithAPlainMapOverALongWalk() {
    new RandomWalk(store(), key("walk:")).steps(600);
  }

  @Test
  void closingTwiceIsNoError() {
    store().close();

    assertThatCode(store()::close).doesNotThrowAnyException();
  }

  @Test
  void callsAfterCloseFail() {
    Version version = put(key("closed"), "value");
    store().close();

    new StoreCalls(store(), version, ample())
        .all(key("closed"))
        .forEach((name, call) ->
            assertThatThrownBy(call).as(name).isInstanceOf(IllegalStateException.class));
  }
}
