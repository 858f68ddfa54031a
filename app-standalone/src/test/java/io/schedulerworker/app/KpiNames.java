package io.schedulerworker.app;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names for many KPIs. */
final class KpiNames {
  private KpiNames() {}

  static Stream<String> first(int count) {
    return IntStream.range(0, count).mapToObj(i -> "kpi-" + i);
  }
}
