package io.schedulerworker.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code schedules list}: all schedules, a line each. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the schedules that any process has started, a line each.")
final class SchedulesListCommand implements Callable<Integer> {
  private static final String ROW = "%-24s  %-20s  %-20s  %-20s  %s%n";

  @Option(names = "--json", description = "Print one JSON object, as GET /api/schedules answers.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SchedulesListCommand() {}

  @Override
  public Integer call() {
    try (Api api = Apis.schedules(settings.read())) {
      Reply reply = api.send(Call.get("/api/schedules")).orRefused();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(PlainJson.of(reply.body()));
      } else {
        out.printf(ROW, "SCHEDULE", "CRON", "ZONE", "NEXT FIRE", "LAST FATE");
        reply.json().path("schedules").forEach(schedule -> print(schedule, out));
      }
      return ExitCode.OK;
    }
  }

  private static void print(JsonNode schedule, PrintWriter out) {
    out.printf(
        ROW,
        schedule.path("id").asText(),
        schedule.path("cron").asText(),
        schedule.path("zone").asText(),
        next(schedule),
        last(schedule));
  }

  private static String next(JsonNode schedule) {
    if (schedule.path("paused").asBoolean()) {
      return "paused";
    }
    return schedule.path("nextFireTime").isNull()
        ? "never"
        : schedule.path("nextFireTime").asText();
  }

  private static String last(JsonNode schedule) {
    JsonNode fate = schedule.path("lastFates").path(0);
    int owed = schedule.path("owed").size();
    String waiting = owed == 0 ? "" : ", " + owed + " to be made up for";
    if (fate.isMissingNode()) {
      return "none yet" + waiting;
    }
    String what = fate.has("traceId")
        ? fate.path("traceId").asText()
        : "skipped, " + fate.path("reason").asText();
    return fate.path("fireTime").asText() + " " + what + waiting;
  }
}
