package io.schedulerworker.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "scheduler-worker",
    description = "Starts n8n workflows: one job, one webhook call for each active KPI.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {RunCommand.class, NextCommand.class, DemoCommand.class},
    footer = {"", "Begin with: java -jar scheduler-worker.jar demo"})
public final class Main implements Runnable {
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
    CommonPool.widen();
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setOut(utf8(FileDescriptor.out))
        .setErr(utf8(FileDescriptor.err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::usage)
        .setExecutionExceptionHandler(Failures::execution);
  }

  /** Ids and names are whatever their owners write, so the locale must not turn them into question marks. */
  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: run, next or demo");
  }
}
