package io.schedulerworker.app;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs the targets one after the other, each in a process of its own for some time: docs/quality.md. */
public final class Fuzz {
  private static final List<String> TARGETS =
      List.of("Registry", "Settings", "Cron", "Stored", "Answer", "Request");

  private Fuzz() {}

  /** Runs those that are named, or all. */
  public static void main(String[] arguments) throws Exception {
    List<String> targets = arguments.length == 0 ? TARGETS : List.of(arguments);
    boolean found = false;
    for (String target : targets) {
      found |= run(target) != 0;
    }
    if (found) {
      throw new AssertionError("there are findings: crash-* in the folders named above");
    }
  }

  /** The fuzzer's exit code: not 0 if something was found. */
  private static int run(String target) throws IOException, InterruptedException {
    String name = target.toLowerCase(Locale.ROOT);
    Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    System.out.println("fuzzing " + target + " in " + folder);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=io.schedulerworker.app." + target + "Fuzz",
            "--instrumentation_includes=io.schedulerworker.**",
            // The servers are ours, on loopback, and settings name files.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery"
                + File.pathSeparator
                + "com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
            "-max_total_time=" + Integer.getInteger("fuzz.seconds", 600),
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-max_len=4096",
            corpus.toString(),
            Path.of("src", "fuzz", "seeds", name).toAbsolutePath().toString())
        .directory(folder.toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
