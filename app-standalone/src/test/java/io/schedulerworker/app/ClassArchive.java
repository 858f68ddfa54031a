package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The jar's classes as a JVM that has started the service has them in its memory (JEP 350). Processes that share them
 * begin in two thirds of the time. Made once in each JVM that tests.
 */
final class ClassArchive {
  private static final Path FILE = make();

  private ClassArchive() {}

  /** The option by which a process shares it. */
  static String option() {
    return "-XX:SharedArchiveFile=" + FILE;
  }

  private static Path make() {
    try {
      Path file = Files.createDirectories(Path.of("target").toAbsolutePath()).resolve("app.jsa");
      Files.deleteIfExists(file);
      try (AppProcess.Running running = AppProcess.withOptions("-XX:ArchiveClassesAtExit=" + file)
          .env("PORT", "0")
          .start("serve")) {
        running.awaitReady().call("GET", "/api/health", "");
        running.signal("TERM");
        // What the JVM says of classes that it leaves out looks like traces.
        assertThat(running.end().exitCode()).isZero();
      }
      assertThat(file).isRegularFile();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("making an archive of classes", e);
    }
  }
}
