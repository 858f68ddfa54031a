package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the jar as a process of its own, in an environment with nothing but stores in memory. */
final class AppProcess {
  static final Path JAR =
      Path.of(System.getProperty("app.jar", "target/scheduler-worker.jar")).toAbsolutePath();
  static final String VERSION = System.getProperty("project.version", "unknown");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("ready at (http://[^ ]+): ");

  /** What a process left. */
  record Result(int exitCode, String out, String err, Duration took) {
    List<String> outLines() {
      return out.lines().toList();
    }

    List<String> errLines() {
      return err.lines().toList();
    }

    /** The user's mistake: one line, which says this, nothing else. */
    void assertMistake(String... said) {
      assertThat(exitCode).as(err).isEqualTo(2);
      assertThat(errLines()).singleElement().asString().startsWith("scheduler-worker: ");
      assertThat(List.of(said)).allSatisfy(word -> assertThat(err).contains(word));
      assertThat(out).isEmpty();
      assertNoTrace();
    }

    /** The user's mistake, which this says. */
    void assertMistakeIn(String said) {
      assertThat(exitCode).as(err).isEqualTo(2);
      assertThat(err).contains(said);
      assertNoTrace();
    }

    Result assertExit(int expected) {
      assertThat(exitCode).as("%s%n%s", out, err).isEqualTo(expected);
      assertNoTrace();
      return this;
    }

    private void assertNoTrace() {
      assertThat(err + out).doesNotContain("Exception", "\tat ");
    }
  }

  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("CONFIG_KV", "memory:", "JOBS_KV", "memory:"));
  private Path stdout;
  private Path directory;

  private AppProcess(String... options) {
    command.add(JAVA.toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", JAR.toString()));
  }

  /** As a user starts it. */
  static AppProcess app() {
    return new AppProcess();
  }

  /** For what is over before it is warm. */
  static AppProcess quick() {
    return new AppProcess(ClassArchive.option(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  }

  static AppProcess withOptions(String... options) {
    return new AppProcess(options);
  }

  /** With more on the class path than the jar. */
  static AppProcess withClassPath(Path... more) {
    AppProcess process = quick();
    List<String> paths = new ArrayList<>(List.of(JAR.toString()));
    List.of(more).forEach(each -> paths.add(each.toString()));
    process
        .command
        .subList(process.command.indexOf("-jar"), process.command.size())
        .clear();
    process.command.addAll(
        List.of("-cp", String.join(File.pathSeparator, paths), "io.schedulerworker.app.Main"));
    return process;
  }

  AppProcess env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Has it run there, with the stores that it has by default. */
  AppProcess in(Path folder) {
    directory = folder;
    environment.remove("CONFIG_KV");
    environment.remove("JOBS_KV");
    return this;
  }

  /** Has a shell set a limit first. */
  AppProcess under(String limit) {
    command.addAll(0, List.of("bash", "-c", limit + "; exec \"$@\"", "bash"));
    return this;
  }

  /** Has stdout go elsewhere: the result's text is then empty. */
  AppProcess into(Path file) {
    stdout = file;
    return this;
  }

  Result run(String... arguments) {
    try (Running running = start(arguments)) {
      return running.end();
    }
  }

  Running start(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    try {
      return new Running(all, environment, stdout, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + all, e);
    }
  }

  /** A process that has been started; closing it leaves nothing behind. */
  static final class Running implements AutoCloseable {
    private final long began = System.nanoTime();
    private final Path out = Files.createTempFile("out", ".txt");
    private final Path err = Files.createTempFile("err", ".txt");
    private final Process process;

    private Running(
        List<String> command, Map<String, String> environment, Path stdout, Path directory)
        throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command)
          .redirectOutput(stdout == null ? out.toFile() : stdout.toFile())
          .redirectError(err.toFile())
          .directory(directory == null ? null : directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      process = builder.start();
      process.getOutputStream().close();
    }

    /** Sends SIGINT, as Ctrl-C does. */
    void interrupt() {
      signal("INT");
    }

    /** Ends it at once, with SIGKILL, and waits until it has ended. */
    void kill() {
      process.destroyForcibly();
      end();
    }

    long pid() {
      return process.pid();
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** What it has said so far. */
    String said() {
      return read(out) + read(err);
    }

    /** Waits until it says something on stderr. */
    String await(Pattern text) {
      long end = System.nanoTime() + MOST.toNanos();
      while (System.nanoTime() < end) {
        Matcher found = text.matcher(read(err));
        if (found.find()) {
          return found.group(found.groupCount());
        }
        pause();
        assertThat(process.isAlive() || text.matcher(read(err)).find())
            .as("it ended: %s", read(err))
            .isTrue();
      }
      throw new AssertionError("it never said " + text + ": " + read(err));
    }

    /** Waits until it says something on stdout. */
    void awaitOut(Pattern text) {
      long end = System.nanoTime() + MOST.toNanos();
      while (!text.matcher(read(out)).find()) {
        assertThat(System.nanoTime()).as("it never said %s", text).isLessThan(end);
        pause();
      }
    }

    /** Waits until it says that it is ready. */
    ApiClient awaitReady() {
      return new ApiClient(URI.create(await(READY)));
    }

    private static void pause() {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }

    void signal(String name) {
      try {
        Process kill =
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
      } catch (IOException e) {
        throw new UncheckedIOException("sending a signal", e);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }

    Result end() {
      try {
        if (!process.waitFor(MOST.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("still running after " + MOST + ": " + read(err));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Result(process.exitValue(), read(out), read(err), took);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted", e);
      }
    }

    private static String read(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException("reading what the process said", e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      } catch (IOException e) {
        throw new UncheckedIOException("cleaning up", e);
      }
    }
  }
}
