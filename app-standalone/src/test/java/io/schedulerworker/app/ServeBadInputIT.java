package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose stores cannot be had, or fail it later. */
class ServeBadInputIT {
  private static final int LARGEST_FILE_KB = 2_048;

  @TempDir
  Path directory;

  private AppProcess app() {
    return AppProcess.quick()
        .in(directory)
        .env("PORT", "0")
        .env("SCHEDULER_API_KEY", ApiClient.KEY);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws IOException {
    Files.writeString(directory.resolve("data"), "a file where a folder should be");
    app().run("serve").assertMistake("config_kv", "data/config", "cannot be opened");
  }

  @Test
  void aStoreThatIsDamagedIsKeptAndSaid() throws IOException {
    app().run("registry", "import", Registry.file(directory, "{\"kpis\":[]}")).assertExit(0);
    Path store = directory.resolve("data/config");
    byte[] whole = Files.readAllBytes(store);
    try (RandomAccessFile file = new RandomAccessFile(store.toFile(), "rw")) {
      file.write(new byte[whole.length]);
    }

    app().run("serve").assertMistake("data/config", "damaged", "a copy is kept as", "backup");

    try (Stream<Path> files = Files.list(store.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.startsWith("config.") && !name.equals("config.lock"))
          .singleElement()
          .satisfies(
              name -> assertThat(Files.size(store.resolveSibling(name))).isEqualTo(whole.length));
    }
    Files.write(store, whole);
    app().run("registry", "export").assertExit(0);
  }

  @Test
  void aStoreThatWasEmptiedIsNoFreshStart() throws IOException {
    app().run("registry", "import", Registry.file(directory, "{\"kpis\":[]}")).assertExit(0);
    Files.write(directory.resolve("data/config"), new byte[0]);
    app().run("serve").assertMistake("data/config", "is empty", "backup");
    Files.delete(directory.resolve("data/config"));
    app().run("serve").assertMistake("data/config", "is gone", "backup");
  }

  /** A limit on the size of files is what a disk that is full is to a writer. */
  @Test
  void aDiskThatIsFullLosesNothing() throws IOException {
    String small = "{\"kpis\":[],\"mine\":1}";
    String large = "{\"kpis\":[],\"filler\":\"" + noise(6 << 20) + "\"}";
    try (AppProcess.Running service =
        app().under("ulimit -f " + LARGEST_FILE_KB).start("serve")) {
      ApiClient api = service.awaitReady();
      assertThat(api.put("/api/registry", small).status()).isEqualTo(200);

      ApiClient.Reply refused = api.put("/api/registry", large);

      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertThat(api.get("/api/registry").body()).isEqualTo(small);
      assertThat(api.put("/api/registry", small + " ").status()).isEqualTo(200);
      service.signal("TERM");
      service.end().assertExit(0);
    }
    assertThat(app().run("registry", "export").assertExit(0).out()).isEqualTo(small + " ");
  }

  /** Letters that cannot be stored in much less room. */
  private static String noise(int count) {
    StringBuilder letters = new StringBuilder(count);
    new Random(count).ints(count, '0', 'Z').forEach(letters::appendCodePoint);
    return letters.toString();
  }

  @Test
  void everyFindingOfTheSettingsIsSaidAtOnce() throws IOException {
    Path settings = Files.writeString(directory.resolve("s.toml"), """
        port = 70000
        retention = "soon"
        nonsense = 1
        [[schedules]]
        id = "Daily"
        cron = "61 * * * *"
        zone = "Mars/Base"
        """);
    AppProcess.Result result = app().run("serve", "--config", settings.toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errLines())
        .hasSizeGreaterThanOrEqualTo(6)
        .allSatisfy(line -> assertThat(line).startsWith("scheduler-worker: ").contains("s.toml"));
    assertThat(List.of("port", "retention", "nonsense", "id", "cron", "zone"))
        .allSatisfy(key -> assertThat(result.err()).contains(key));

    AppProcess.Result checked = app().run("validate", settings.toString());
    assertThat(checked.exitCode()).isEqualTo(2);
    assertThat(checked.outLines()).hasSize(result.errLines().size() + 1);
  }

  @Test
  void settingsThatAreMerelyOddAreWarnings() throws IOException {
    Path settings = Files.writeString(
        directory.resolve("wrangler.toml"),
        "name = \"scheduler\"\nmain = \"src/index.ts\"\n[triggers]\ncrons = [\"0 12 * * *\"]\n");
    AppProcess.Result checked = app().run("validate", settings.toString()).assertExit(0);
    assertThat(checked.outLines()).last().asString().endsWith("0 errors");
    assertThat(checked.out()).contains("warning: ");
  }
}
