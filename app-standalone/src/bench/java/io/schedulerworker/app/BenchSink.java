package io.schedulerworker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that takes calls and counts them. */
final class BenchSink implements AutoCloseable {
  private final BenchProcess process = new BenchProcess(
      BenchProcess.JAVA, "-cp", System.getProperty("java.class.path"), SpeedSink.class.getName());
  private final int port = Integer.parseInt(process.line());

  BenchSink() throws IOException {}

  String url() {
    return "http://127.0.0.1:" + port + "/webhook/";
  }

  Seen report() throws IOException {
    process.say("report");
    String[] parts = process.line().split(" ", -1);
    return new Seen(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
  }

  /** The store that has a registry of so many KPIs. */
  String registry(Path folder, int kpis) throws Exception {
    String store = "file:" + folder.resolve("config-" + kpis);
    Path file = folder.resolve(kpis + ".json");
    if (!Files.exists(file)) {
      StringBuilder text = new StringBuilder("{\"kpis\":[");
      for (int i = 0; i < kpis; i++) {
        text.append(i == 0 ? "" : ",")
            .append("{\"id\":\"kpi-%06d\",\"name\":\"KPI %d\",\"type\":\"price\",".formatted(i, i))
            .append("\"active\":true,\"webhookUrl\":\"%skpi-%06d\"}".formatted(url(), i));
      }
      Files.writeString(file, text.append("]}"));
      new BenchProcess(
              BenchProcess.JAVA,
              "-jar",
              BenchProcess.JAR,
              "registry",
              "import",
              file.toString(),
              "--config-kv",
              store)
          .end();
    }
    return store;
  }

  /** What the sink saw. */
  record Seen(long calls, long nanos, int connections) {
    double rate() {
      return calls * 1e9 / nanos;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
