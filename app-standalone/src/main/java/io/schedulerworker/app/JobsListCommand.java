package io.schedulerworker.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.model.Texts;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs list}: the newest jobs, a line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists jobs, newest first, a line each.")
final class JobsListCommand implements Callable<Integer> {
  private static final String ROW = "%-33s  %-11s  %-20s  %s";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many, 1 to 200 (default: 20).")
  private String limit;

  @Option(
      names = "--before",
      paramLabel = "TRACE_ID",
      description = "Go on after this job, the last of the page before.")
  private @Nullable String before;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only these: pending, in_progress, completed, partial, timed_out or failed.")
  private @Nullable String status;

  @Option(
      names = "--schedule",
      paramLabel = "ID",
      description = "Only those of this schedule; manual: those started by hand.")
  private @Nullable String schedule;

  @Option(names = "--json", description = "Print one JSON object, as GET /api/jobs answers.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsListCommand() {}

  @Override
  public Integer call() {
    try (Api api = Apis.jobs(settings.read())) {
      Reply reply = api.send(Call.get("/api/jobs?" + query())).orRefused();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(PlainJson.of(reply.body()));
      } else {
        print(reply.json(), out);
      }
      return ExitCode.OK;
    }
  }

  private String query() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("limit", limit);
    parameters.put("before", before);
    parameters.put("status", status);
    parameters.put("schedule", schedule);
    return parameters.entrySet().stream()
        .filter(parameter -> parameter.getValue() != null)
        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(@Nullable String value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8);
  }

  private static void print(JsonNode page, PrintWriter out) {
    int width = Terminal.width();
    print(out, width, "TRACE ID", "STATUS", "CREATED", "SCHEDULE, KPIS");
    for (JsonNode job : page.path("jobs")) {
      JsonNode metadata = job.path("metadata");
      print(
          out,
          width,
          job.path("traceId").asText(),
          job.path("status").asText(),
          job.path("createdAt").asText(),
          Texts.line(metadata.path("schedule").path("id").asText("-"), 64) + ", "
              + counts(metadata));
    }
    String next = page.path("next").asText("");
    if (!page.path("next").isNull() && !next.isEmpty()) {
      out.printf("more: --before %s%n", next);
    }
  }

  private static void print(PrintWriter out, int width, Object... cells) {
    out.println(Table.cut(ROW.formatted(cells), width));
  }

  private static String counts(JsonNode metadata) {
    return "%d of %d completed, %d failed or timed out"
        .formatted(
            metadata.path("completedKPIs").asInt(),
            metadata.path("totalKPIs").asInt(),
            metadata.path("failedKPIs").asInt());
  }
}
