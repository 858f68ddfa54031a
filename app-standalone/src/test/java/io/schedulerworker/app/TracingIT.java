package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's API and SDK on the class path beside the jar, which has neither. */
class TracingIT {
  private static final Pattern IDS = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-01");

  @TempDir
  Path directory;

  private static Path[] libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith("opentelemetry-"))
        .toArray(Path[]::new);
  }

  private static AppProcess traced() {
    return AppProcess.withClassPath(libraries())
        .env("OTEL_JAVA_GLOBAL_AUTOCONFIGURE_ENABLED", "true")
        .env("OTEL_METRICS_EXPORTER", "none")
        .env("OTEL_LOGS_EXPORTER", "none");
  }

  private static List<String> spans(AppProcess.Result result, String name) {
    return result.errLines().stream()
        .filter(line -> line.contains("'" + name + "' : "))
        .toList();
  }

  @Test
  void jobsAndCallsAreSpansOfTheTraceThatN8nIsTold() throws IOException {
    try (WebhookServer n8n = new WebhookServer()) {
      String registry = Registry.file(directory, Registry.of(2, n8n));
      AppProcess.Result result =
          traced().env("OTEL_TRACES_EXPORTER", "console").run("run", "--registry", registry);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(spans(result, "job")).hasSize(1);
      assertThat(spans(result, "call")).hasSize(2);
      assertThat(n8n.calls()).hasSize(2).allSatisfy(call -> {
        var ids = IDS.matcher(call.header("traceparent"));
        assertThat(ids.matches()).isTrue();
        assertThat(spans(result, "call"))
            .anyMatch(line -> line.contains(ids.group(1)) && line.contains(ids.group(2)));
      });
    }
  }

  @Test
  void anSdkThatCannotBeSetUpSaysSoAndTheJobIsDoneAllTheSame() throws IOException {
    try (WebhookServer n8n = new WebhookServer()) {
      String registry = Registry.file(directory, Registry.of(1, n8n));
      AppProcess.Result result =
          traced().env("OTEL_TRACES_EXPORTER", "pigeon").run("run", "--registry", registry);

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.err()).contains("OpenTelemetry will not be enabled", "pigeon");
      assertThat(n8n.calls()).hasSize(1);
    }
  }
}
