package io.schedulerworker.app;

import io.schedulerworker.app.http.HttpService;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "scheduler-worker",
    description = {
      "Starts n8n workflows on schedules: one job, one webhook call for each active KPI.",
      "Without a command: serve."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {"", "Begin with: java -jar scheduler-worker.jar demo"})
public final class Main implements Runnable {
  private static final Set<String> OWN_FLAGS = Set.of("-h", "--help", "-V", "--version");
  private static final String SERVE = "serve";
  private static final String RUN = "run";
  private static final List<Class<?>> SUBCOMMANDS = List.of(
      ServeCommand.class,
      RunCommand.class,
      JobsCommand.class,
      SchedulesCommand.class,
      RegistryCommand.class,
      StoresCommand.class,
      NextCommand.class,
      ValidateCommand.class,
      DemoCommand.class);

  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args command and options, see {@code --help}
   */
  public static void main(String[] args) {
    JdkTuning.apply();
    String[] words = serveUnlessNamed(args);
    if (words[0].equals(SERVE)) {
      HttpService.preload();
    } else if (words[0].equals(RUN)) {
      Preload.begin();
    }
    ResultStream stdout = new ResultStream();
    CommandLine commands = commandLine(stdout, words[0]);
    int code = commands.execute(words);
    commands.getOut().flush();
    IOException failure = stdout.failure();
    System.exit(failure == null ? code : resultLost(commands, failure, code));
  }

  /** Without a command it is {@code serve}, whose flags may be given all the same. */
  private static String[] serveUnlessNamed(String... args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || OWN_FLAGS.contains(args[0]));
    return named
        ? args
        : Stream.concat(Stream.of(SERVE), Arrays.stream(args)).toArray(String[]::new);
  }

  /** A full disk must not pass for a result that was written; a reader that had enough, like head, needs no words. */
  private static int resultLost(CommandLine commands, IOException failure, int code) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.contains("Broken pipe")) {
      commands.getErr().println("scheduler-worker: the result could not be written: " + reason);
    }
    return code == ExitCode.OK ? ExitCode.RESULT_LOST : code;
  }

  private static CommandLine commandLine(OutputStream stdout, String name) {
    CommandLine commands = new CommandLine(new Main());
    subcommands(name).forEach(commands::addSubcommand);
    SettingsMixin.addFlags(commands);
    return commands
        .setOut(utf8(stdout))
        .setErr(utf8(new FileOutputStream(FileDescriptor.err)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution);
  }

  /** The one that is meant, for each takes time to build; all of them for help, and for a name that none has. */
  private static List<Class<?>> subcommands(String name) {
    return SUBCOMMANDS.stream()
        .filter(type -> type.getAnnotation(Command.class).name().equals(name))
        .<List<Class<?>>>map(List::of)
        .findFirst()
        .orElse(SUBCOMMANDS);
  }

  /** Ids and names are whatever their owners write, so the locale must not turn them into question marks. */
  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, or none to serve");
  }
}
