package io.schedulerworker.json;

import io.schedulerworker.model.KpiRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading 100 000 KPIs, 34 MB, in the shape of the contract's example, in a heap of 200 MB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgs = "-Xmx200m")
public class RegistryBenchmark {
  private static final int KPIS = 100_000;

  private static final String KPI = """
      {"id":"cmc-btc-price-%d","name":"Bitcoin Price (CMC)","description":"Current Bitcoin price \
      from CoinMarketCap","type":"price","active":true,"webhookUrl":"https://n8n.example.com/webhook\
      /btc-price","analysisConfig":{"chartType":"line","alertThresholds":{"high":50000,"low":30000}}\
      ,"metadata":{"source":"coinmarketcap","updateFrequency":"daily","category":"price"}}""";

  private final String text = registry();

  private static String registry() {
    StringBuilder registry = new StringBuilder("{\"kpis\":[");
    for (int i = 0; i < KPIS; i++) {
      registry.append(i == 0 ? "" : ",").append(KPI.formatted(i));
    }
    return registry.append("]}").toString();
  }

  /** As a service reads it, before every job. */
  @Benchmark
  @Warmup(iterations = 5)
  @Measurement(iterations = 5)
  public KpiRegistry read() {
    return RegistryJson.read(text);
  }

  /** As a command reads it, once, in a JVM that has done nothing before. */
  @Benchmark
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public KpiRegistry firstRead() {
    return RegistryJson.read(text);
  }
}
