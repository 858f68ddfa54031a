package io.schedulerworker.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** The process and its JVM, under the names that dashboards for JVMs know. */
final class ProcessMeters implements AutoCloseable {
  private final JvmGcMetrics collector = new JvmGcMetrics();

  ProcessMeters(MeterRegistry registry, String version) {
    List<MeterBinder> binders = List.of(
        collector,
        new JvmMemoryMetrics(),
        new JvmThreadMetrics(),
        new ClassLoaderMetrics(),
        new ProcessorMetrics(),
        new FileDescriptorMetrics(),
        new UptimeMetrics());
    binders.forEach(binder -> binder.bindTo(registry));
    Gauge.builder("scheduler_worker_build.info", () -> 1)
        .description("1, with the version of the program and of Java")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .register(registry);
  }

  @Override
  public void close() {
    collector.close();
  }
}
