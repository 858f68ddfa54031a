package io.schedulerworker.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.schedulerworker.app.io.TextFile;
import io.schedulerworker.app.io.UnreadableFileException;
import io.schedulerworker.app.owner.Api;
import io.schedulerworker.app.owner.Call;
import io.schedulerworker.app.owner.Reply;
import io.schedulerworker.model.RegistryFinding;
import io.schedulerworker.port.KvStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code registry import}: puts a file in the place of the registry, unless somebody else does so meanwhile. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Replaces the registry by a file's; a file that is no registry changes nothing.",
    footer = {"", "What is wrong with single KPIs is said, and they are left out of jobs."})
final class RegistryImportCommand implements Callable<Integer> {
  private static final String PATH = "/api/registry";
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int SHOWN = 50;

  @Parameters(paramLabel = "FILE", description = "The registry: JSON with a list \"kpis\".")
  private Path file;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RegistryImportCommand() {}

  @Override
  public Integer call() {
    String text = text();
    try (Api api = Apis.registry(settings.read())) {
      Reply before = api.send(Call.get(PATH));
      Reply written = api.send(conditional(before, Call.with("PUT", PATH, text)));
      if (written.status() == PRECONDITION_FAILED) {
        throw new UserException(
            "the registry was changed by somebody else meanwhile, so nothing was written: try again");
      }
      report(written.orRefused().json());
      return ExitCode.OK;
    }
  }

  private String text() {
    try {
      return TextFile.read(file, "registry file", KvStore.MAX_VALUE_BYTES);
    } catch (UnreadableFileException e) {
      throw new UserException(String.valueOf(e.getMessage()));
    }
  }

  private static Call conditional(Reply before, Call put) {
    return before.status() == NOT_FOUND
        ? put.withHeader("If-None-Match", "*")
        : before
            .orRefused()
            .etag()
            .map(etag -> put.withHeader("If-Match", etag))
            .orElse(put);
  }

  private void report(JsonNode written) {
    PrintWriter err = spec.commandLine().getErr();
    int shown = 0;
    for (JsonNode finding : written.path("findings")) {
      if (shown++ < SHOWN) {
        err.println("scheduler-worker: " + finding(finding));
      }
    }
    int count = written.path("findingCount").asInt();
    if (count > SHOWN) {
      err.println("scheduler-worker: and " + (count - SHOWN) + " findings more");
    }
    spec.commandLine()
        .getOut()
        .printf(
            "imported %s, %d of them active%n",
            JobTally.count(written.path("kpis").asInt(), "KPI", "KPIs"),
            written.path("active").asInt());
  }

  private static RegistryFinding finding(JsonNode json) {
    return new RegistryFinding(
        json.path("index").asInt(),
        textOrNull(json.path("id")),
        textOrNull(json.path("field")),
        json.path("reason").asText(),
        json.path("leftOut").asBoolean());
  }

  private static @Nullable String textOrNull(JsonNode json) {
    return json.textValue();
  }
}
