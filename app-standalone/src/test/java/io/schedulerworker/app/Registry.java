package io.schedulerworker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Registries as text and as files. */
final class Registry {
  private Registry() {}

  static String kpi(String id, String url) {
    return """
        {"id":"%s","name":"Name of %s","description":"About %s","type":"price","active":true,\
        "webhookUrl":"%s"}""".formatted(id, id, id, url);
  }

  static String of(String... kpis) {
    return "{\"kpis\":[" + String.join(",\n", kpis) + "]}";
  }

  static String of(List<String> kpis) {
    return of(kpis.toArray(String[]::new));
  }

  /** So many KPIs, {@code kpi-0} and so on, each with a webhook of its name. */
  static String of(int count, WebhookServer server) {
    return IntStream.range(0, count)
        .mapToObj(i -> kpi("kpi-" + i, server.url("/webhook/kpi-" + i)))
        .collect(Collectors.joining(",", "{\"kpis\":[", "]}"));
  }

  static String file(Path directory, String text) throws IOException {
    return Files.writeString(directory.resolve("registry.json"), text).toString();
  }
}
