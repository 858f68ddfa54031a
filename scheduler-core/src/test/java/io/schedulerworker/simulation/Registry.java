package io.schedulerworker.simulation;

import io.schedulerworker.model.KpiRegistry;
import io.schedulerworker.port.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The registry, which people edit while jobs are on their way, and sometimes break. */
final class Registry {
  private final Run run;
  private final World world;
  private final List<Integer> kpis = new ArrayList<>();
  private int made;

  Registry(Run run) {
    this.run = run;
    this.world = run.world;
    for (int i = 0; i < run.plan.kpis(); i++) {
      kpis.add(made++);
    }
  }

  void write() {
    put(kpis.stream().map(this::kpi).collect(Collectors.joining(",", "{\"kpis\":[", "]}")));
  }

  private void put(String text) {
    run.store.put(null, KpiRegistry.KEY, text, Ttl.NONE);
  }

  private String kpi(int number) {
    return ("{\"id\":\"kpi-%d\",\"name\":\"KPI %d\",\"type\":\"price\",\"active\":true,"
            + "\"webhookUrl\":\"http://%s/webhook/%d\"}")
        .formatted(number, number, host(number % run.plan.hosts()), number);
  }

  static String host(int number) {
    return "n8n-" + number + ".test";
  }

  void edit() {
    world.trace.add(world.now(), "people", "edit the registry");
    if (kpis.size() > 1 && world.random.nextBoolean()) {
      kpis.remove(world.random.nextInt(kpis.size()));
    } else {
      kpis.add(made++);
    }
    write();
  }

  /** It is missing or malformed for a while. */
  void breakFor(Duration span) {
    world.trace.add(world.now(), "people", "break the registry for ", span);
    if (world.random.nextBoolean()) {
      run.store.delete(null, KpiRegistry.KEY);
    } else {
      put("{\"kpis\":");
    }
    world.after(span, this::write);
  }
}
