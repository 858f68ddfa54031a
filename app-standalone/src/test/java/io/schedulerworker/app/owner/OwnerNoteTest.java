package io.schedulerworker.app.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes beside stores, whole and not. */
class OwnerNoteTest {
  private static final OwnerNote NOTE = new OwnerNote(
      4711, URI.create("http://127.0.0.1:8080"), "token-1", Optional.of(Path.of("/a b/r.json")));

  @TempDir
  Path directory;

  private Path store() {
    return directory.resolve("jobs");
  }

  private Optional<OwnerNote> reading(String text) throws IOException {
    Files.writeString(directory.resolve("jobs.serve"), text);
    return OwnerNote.readBeside(store());
  }

  @Test
  void whatIsLeftIsReadUntilItIsRemoved() throws IOException {
    assertThat(OwnerNote.readBeside(store())).isEmpty();
    NOTE.leaveBeside(store());
    assertThat(OwnerNote.readBeside(store())).contains(NOTE);
    OwnerNote later = new OwnerNote(1, NOTE.url(), "token-2", Optional.empty());
    later.leaveBeside(store());
    assertThat(OwnerNote.readBeside(store())).contains(later);

    OwnerNote.removeBeside(store());

    assertThat(OwnerNote.readBeside(store())).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void itsTokenIsNotShown() {
    assertThat(NOTE.toString()).contains("4711", "8080").doesNotContain("token-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "pid 1\nurl http://127.0.0.1:1\n",
        "pid 1\nurl http://127.0.0.1:1\ntoken \n",
        "pid one\nurl http://127.0.0.1:1\ntoken t\n",
        "pid 1\nurl ::::\ntoken t\n",
        "pid 1\nurl ftp://127.0.0.1\ntoken t\n",
        "pid 1\nurl jobs\ntoken t\n",
        "pid 1\nurl http:///x\ntoken t\n",
        "pid 1\nurl http://127.0.0.1:1\ntoken t\nregistry \u0000\n"
      })
  void whatSaysTooLittleIsNone(String text) throws IOException {
    assertThat(reading(text)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsAnError() throws IOException {
    Files.createDirectory(directory.resolve("jobs.serve"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> OwnerNote.readBeside(store()));
  }
}
