package io.schedulerworker.app;

import io.schedulerworker.json.RegistryJson;
import io.schedulerworker.model.FormatException;
import io.schedulerworker.model.Kpi;
import io.schedulerworker.model.KpiRegistry;
import java.nio.charset.StandardCharsets;

/** The registry, as anybody may have written it. */
public final class RegistryFuzz {
  private RegistryFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) {
    KpiRegistry registry;
    try {
      registry = RegistryJson.read(new String(input, StandardCharsets.UTF_8));
    } catch (FormatException e) {
      return;
    }
    registry.findings().forEach(finding -> Fuzzing.checkLine(finding.toString()));
    registry.active().forEach(RegistryFuzz::check);
    KpiRegistry again = RegistryJson.read(RegistryJson.write(registry));
    Fuzzing.check(again.active().equals(registry.active()), "written and read, it is another one");
  }

  private static void check(Kpi kpi) {
    Fuzzing.check(kpi.webhook().getHost() != null, "a KPI without a host");
    Fuzzing.check(
        !kpi.id().isBlank() && kpi.id().chars().noneMatch(Character::isISOControl), "a bad id");
  }
}
