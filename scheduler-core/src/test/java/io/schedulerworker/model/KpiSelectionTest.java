package io.schedulerworker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KpiSelectionTest {
  private static Kpi kpi(String id) {
    return new Kpi(id, id, null, "t", true, "http://n8n/x", null, null, Extras.NONE);
  }

  private static final List<Kpi> ACTIVE = List.of(kpi("a"), kpi("b"), kpi("c"));

  @Test
  void allMeansAllThatAreActive() {
    assertThat(KpiSelection.all().from(ACTIVE)).isEqualTo(ACTIVE);
  }

  @Test
  void namedOnesComeInTheOrderOfTheRegistryAndOnce() {
    assertThat(KpiSelection.ofIds(List.of("c", "a", "c")).from(ACTIVE))
        .extracting(Kpi::id)
        .containsExactly("a", "c");
  }

  @Test
  void noActiveKpiMeansNoJob() {
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> KpiSelection.ofIds(List.of("a")).from(List.of()))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(SkipReason.NO_ACTIVE_KPI))
        .withMessageContaining("\"active\": true");
  }

  @Test
  void everyUnknownIdIsNamed() {
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> KpiSelection.ofIds(List.of("x", "a", "y\n")).from(ACTIVE))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(SkipReason.UNKNOWN_KPI))
        .withMessage("no active KPI in the registry has the id \"x\", \"y\\u000a\"");
  }

  @Test
  void manyUnknownIdsAreCounted() {
    List<String> ids = IntStream.range(0, 25).mapToObj(i -> "x" + i).toList();
    assertThatExceptionOfType(NoJobException.class)
        .isThrownBy(() -> KpiSelection.ofIds(ids).from(ACTIVE))
        .withMessageEndingWith("\"x19\" and 5 more");
  }

  @Test
  void naminglessSelectionIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> KpiSelection.ofIds(List.of()));
  }

  @Test
  void reasonsAreSpelledAsInTheContract() {
    assertThat(SkipReason.REGISTRY.text()).isEqualTo("registry");
    assertThat(SkipReason.NO_ACTIVE_KPI.text()).isEqualTo("no active KPI");
  }
}
