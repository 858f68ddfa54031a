package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar itself. */
class JarIT {
  private static final long MOST_BYTES = 40L << 20;

  @TempDir
  Path directory;

  @Test
  void isSmall() throws IOException {
    assertThat(Files.size(AppProcess.JAR)).isLessThan(MOST_BYTES);
  }

  @Test
  void hasTheServicesOfBothAdapters() throws IOException {
    try (JarFile jar = new JarFile(AppProcess.JAR.toFile())) {
      assertThat(service(jar, "io.schedulerworker.port.KvStoreProvider"))
          .contains("io.schedulerworker.kv.memory.");
      assertThat(service(jar, "io.schedulerworker.port.WorkflowTriggerProvider"))
          .contains("io.schedulerworker.n8n.");
      assertThat(service(jar, "ch.qos.logback.classic.spi.Configurator"))
          .contains("io.schedulerworker.app.LogConfigurator");
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isEqualTo(AppProcess.VERSION);
    }
  }

  /** What is not used costs nothing: no class of it is loaded. */
  @Test
  void loadsNoStoreAndNoServerThatIsNotUsed() throws IOException {
    try (WebhookServer n8n = new WebhookServer()) {
      String registry = Registry.file(directory, Registry.of(1, n8n));
      AppProcess.Result result =
          AppProcess.withOptions("-Xlog:class+load:stderr").run("run", "--registry", registry);
      assertThat(result.exitCode()).isZero();
      assertThat(result.err())
          .contains("io.schedulerworker.kv.memory.MemoryKvStore ")
          .doesNotContain(
              "org.h2.",
              "org.eclipse.jetty.",
              "io.micrometer.",
              "io.prometheus.",
              "io.lettuce.",
              "io.netty.",
              "software.amazon.",
              "org.apache.hc.");
    }
  }

  private static String service(JarFile jar, String name) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry("META-INF/services/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
