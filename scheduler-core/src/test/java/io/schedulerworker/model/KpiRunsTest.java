package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class KpiRunsTest {
  private static final Instant AT = Instant.parse("2025-08-14T12:00:00Z");
  private static final List<String> IDS = List.of("b", "a", "c");

  private final KpiRuns pending = KpiRuns.pending(IDS);

  @Test
  void whoWasNotCalledIsPending() {
    assertThat(pending).hasSize(3).containsEntry("a", KpiRun.pending("a")).doesNotContainKey("d");
    assertThat(pending.get("d")).isNull();
    assertThat(pending.values())
        .containsExactlyElementsOf(IDS.stream().map(KpiRun::pending).toList());
    assertThat(pending.idsOf(KpiStatus.PENDING)).isEqualTo(IDS);
  }

  @Test
  void theyAreTheMapThatTheyWouldBeInAnyOther() {
    KpiRun failed = KpiRun.pending("a").failed(AT, "why", 1, KpiRun.Answer.NONE);
    Map<String, KpiRun> same = new LinkedHashMap<>();
    IDS.forEach(id -> same.put(id, KpiRun.pending(id)));
    assertThat(pending).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(same).isEqualTo(pending);
    assertThat(pending).isEqualTo(KpiRuns.copyOf(same)).hasToString(same.toString());

    same.put("a", failed);
    assertThat(pending).isNotEqualTo(same).isNotEqualTo(KpiRuns.copyOf(same));
    assertThat(pending.with(List.of(failed))).isEqualTo(same).isEqualTo(KpiRuns.copyOf(same));
    assertThat(pending).isEqualTo(KpiRuns.pending(List.of("a", "b", "c")));
    assertThat(new ArrayList<>(pending.keySet())).isEqualTo(IDS);
  }

  @Test
  void aLaterStateLeavesTheEarlierOneAsItIs() {
    KpiRun triggered = KpiRun.pending("a").triggered(AT, 0, KpiRun.Answer.NONE);
    KpiRuns later = pending.with(List.of(triggered, KpiRun.pending("nobody's")));
    assertThat(later.get("a")).isEqualTo(triggered);
    assertThat(later).hasSize(3);
    assertThat(later.count(KpiStatus.PENDING)).isEqualTo(2);
    assertThat(later.progress()).isPositive();
    assertThat(pending.get("a")).isEqualTo(KpiRun.pending("a"));
    assertThat(pending.progress()).isZero();
  }

  @Test
  void whoIsDrivenAgainIsPendingAndYetFurther() {
    KpiRuns again = pending.with(List.of(KpiRun.pending("c").ofDrive(2)));
    assertThat(again.get("c")).isEqualTo(KpiRun.pending("c").ofDrive(2));
    assertThat(again.isDrivenAgain()).isTrue();
    assertThat(pending.isDrivenAgain()).isFalse();
    assertThat(again.with(List.of(KpiRun.pending("c")))).isEqualTo(again);
  }

  @Test
  void whatIsSaidOfOneThatIsStillPendingIsKept() {
    KpiRun said = new KpiRun(
        "b", KpiStatus.PENDING, null, "not yet", 3, null, null, null, "17", null, 0, Extras.NONE);
    assertThat(pending.with(List.of(said)).get("b"))
        .isEqualTo(KpiRun.pending("b").join(said));
  }

  @Test
  void nobodyChangesThem() {
    assertThatThrownBy(() -> pending.put("d", KpiRun.pending("d")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> pending.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(pending::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> pending.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theyEnd() {
    Iterator<KpiRun> none = KpiRuns.pending(List.of()).values().iterator();
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }
}
