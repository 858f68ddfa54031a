package io.schedulerworker.app;

import io.schedulerworker.app.settings.Durations;
import io.schedulerworker.app.settings.Settings;
import io.schedulerworker.model.JobRecord;
import io.schedulerworker.model.JobStatus;
import io.schedulerworker.model.Texts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jobs watch}: one job, until it has ended. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows how a job goes on, until it has ended.",
    footer = {
      "",
      "Exit code: 0 the job is completed, 1 it has ended otherwise, 2 there is no such job,",
      "3 a store, or the service that has it, stayed away, 130 interrupted."
    })
final class JobsWatchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "TRACE_ID",
      description = "The job, as jobs list names it; the newest one without it.")
  private @Nullable String traceId;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long a store or service may be away at a time (default: 5m).")
  private String patience;

  @Option(
      names = "--json",
      description = "Print one JSON object for each change, as GET /api/jobs lists jobs.")
  private boolean json;

  @Mixin
  private SettingsMixin settings;

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  JobsWatchCommand() {}

  @Override
  public Integer call() {
    String checked = traceId == null ? null : TraceIds.parse(traceId, spec).value();
    Duration patient = patience();
    Settings given = settings.read();
    PrintWriter err = spec.commandLine().getErr();
    try (PatientApi api = new PatientApi(() -> Apis.jobs(given), patient, Waits.SYSTEM, err)) {
      JobWatch watch = new JobWatch(api, Waits.SYSTEM);
      String wanted = checked == null ? newest(watch) : checked;
      return report(watch(watch, wanted));
    }
  }

  private Duration patience() {
    try {
      return Durations.parse(patience);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--patience = " + Texts.quote(patience) + ": " + e.getMessage()
              + "; expected a duration like 30s, 15m or 24h");
    }
  }

  private static String newest(JobWatch watch) {
    return watch.newest().orElseThrow(() -> new UserException("there is no job yet"));
  }

  private JobRecord watch(JobWatch watch, String wanted) {
    try (WatchView view = view()) {
      return watch.watch(wanted, view);
    }
  }

  private WatchView view() {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      return WatchView.json(out);
    }
    return Terminal.isPresent() ? WatchView.bar() : WatchView.lines(out);
  }

  private int report(JobRecord job) {
    if (!json) {
      Summary.print(job, spec.commandLine().getOut());
    }
    return job.status() == JobStatus.COMPLETED ? ExitCode.OK : ExitCode.SOME_KPI_FAILED;
  }
}
