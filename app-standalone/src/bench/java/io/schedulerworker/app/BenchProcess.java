package io.schedulerworker.app;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another process. */
final class BenchProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready at (http://[^ :]+:\\d+)");

  static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What lets requests in. */
  static final String KEY = "k";

  static final String JAR = System.getProperty("app.jar");

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final List<String> said = new ArrayList<>();

  BenchProcess(String... command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /** One job of all KPIs, its records in a folder of its own. */
  static BenchProcess run(String registry, Path data) throws IOException {
    return app("run", registry, data);
  }

  /** A service at any port that has nothing to do yet. */
  static BenchProcess serve(String registry, Path data, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of("--port", "0", "--api-key", KEY));
    all.addAll(List.of(flags));
    return app("serve", registry, data, all.toArray(String[]::new));
  }

  private static BenchProcess app(String command, String registry, Path data, String... flags)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(
        JAVA,
        "-jar",
        JAR,
        command,
        "--config-kv",
        registry,
        "--jobs-kv",
        "file:" + data.resolve("jobs")));
    all.addAll(List.of(flags));
    return new BenchProcess(all.toArray(String[]::new));
  }

  String line() throws IOException {
    String line = out.readLine();
    said.add(line);
    return line;
  }

  void say(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  void round() throws IOException {
    in.write("\n");
    in.flush();
    line();
  }

  String awaitUrl() throws IOException {
    for (String line = line(); line != null; line = line()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return ready.group(1);
      }
    }
    throw new IllegalStateException(String.join("\n", said));
  }

  void end() throws Exception {
    while (line() != null) {
      // Until its output ends.
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join("\n", said));
    }
  }

  void destroy() {
    process.destroy();
  }

  @Override
  public void close() {
    destroy();
  }
}
