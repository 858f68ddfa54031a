package io.schedulerworker.kv.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.port.Deadline;
import io.schedulerworker.port.KvEntry;
import io.schedulerworker.port.KvStore;
import io.schedulerworker.system.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed with SIGKILL while it writes; what it was told is written is there, and nothing is torn. */
class KilledWriterTest {
  private static final SystemClock CLOCK = new SystemClock();
  private static final int MOST_LINES = 400;

  @TempDir
  Path folder;

  /** By key what is stored for certain, or what may be: the last write may have happened or not. */
  private final Map<String, Set<String>> possible = new HashMap<>();

  @Test
  void twentyTimes() throws Exception {
    killAgainAndAgain(20);
  }

  @Test
  @Tag("slow")
  void fiveHundredTimes() throws Exception {
    killAgainAndAgain(500);
  }

  private void killAgainAndAgain(int rounds) throws Exception {
    Path file = folder.resolve("jobs");
    Random random = new Random(42);
    for (int round = 0; round < rounds; round++) {
      writeUntilKilled(file, round, random.nextInt(MOST_LINES));
      check(file, round);
    }
  }

  private void writeUntilKilled(Path file, int round, int lines) throws Exception {
    Process writer = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            StoreWriter.class.getName(),
            file.toString(),
            String.valueOf(round))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader said = writer.inputReader()) {
      for (int line = 0; line <= lines; line++) {
        note(said.readLine());
      }
      // The handle leaves the pipe open, which holds what the writer said and we have not read yet.
      assertThat(writer.toHandle().destroyForcibly()).isTrue();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line);
      }
    } finally {
      writer.destroyForcibly();
    }
    writer.waitFor();
  }

  private void note(String line) throws IOException {
    if (line == null) {
      throw new IOException("the writer ended by itself");
    }
    String[] parts = line.split(" ", -1);
    if (parts.length < 3) {
      return; // cut off by the kill
    }
    Set<String> values = possible.computeIfAbsent(parts[1], key -> new HashSet<>(Set.of("-")));
    if (parts[0].equals("done")) {
      values.clear();
    }
    values.add(parts[2]);
  }

  private void check(Path file, int round) {
    try (KvStore store = FileKvStore.open(file, CLOCK)) {
      possible.forEach((key, values) -> {
        String stored = store
            .get(key, Deadline.in(Duration.ofSeconds(30), CLOCK))
            .map(KvEntry::value)
            .map(StoreWriter::name)
            .orElse("-");
        assertThat(values).as("%s after kill %d", key, round).contains(stored);
        values.clear();
        values.add(stored);
      });
    }
  }
}
