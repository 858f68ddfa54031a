package io.schedulerworker.app.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Files that change while they are in use. */
class LastGoodTest {
  private static final String MISSING = "missing";

  private final List<String> made = new ArrayList<>();
  private final LastGood<String, String> files =
      new LastGood<>("the thing", "one", "ONE", this::read, this::make);
  private String content = "one";

  private String read() throws UnreadableFileException {
    if (content.equals(MISSING)) {
      throw new UnreadableFileException("it is missing");
    }
    return content;
  }

  private String make(String text) throws UnreadableFileException {
    made.add(text);
    if (text.equals("bad")) {
      throw new UnreadableFileException("it is bad");
    }
    if (text.equals("broken")) {
      throw new IllegalStateException("with the text of the file: " + text);
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private String after(String next) {
    content = next;
    files.look();
    return files.value();
  }

  @Test
  void whatHasNotChangedIsNotMadeAnew() {
    assertThat(after("one")).isEqualTo("ONE");
    assertThat(made).isEmpty();
    assertThat(after("two")).isEqualTo("TWO");
    assertThat(after("two")).isEqualTo("TWO");
    assertThat(made).containsExactly("two");
  }

  @Test
  void theLastGoodValueStaysAndEachProblemIsWarnedOfOnce() {
    try (Logs logs = new Logs()) {
      for (String next : List.of("bad", "bad", MISSING, MISSING, "broken", "one", "bad")) {
        assertThat(after(next)).isEqualTo("ONE");
      }
      assertThat(after("three")).isEqualTo("THREE");
      assertThat(after(MISSING)).isEqualTo("THREE");

      assertThat(made).containsExactly("bad", "broken", "bad", "three");
      String stays = "the thing stays as it was, its file cannot be used: ";
      // Files of other tests may be watched meanwhile.
      assertThat(logs.lines().stream()
              .map(line -> line.replaceFirst(".*LastGood: ", ""))
              .filter(line -> line.startsWith("the thing ")))
          .containsExactly(
              stays + "it is bad",
              stays + "it is missing",
              stays + "it cannot be read: IllegalStateException",
              stays + "it is bad",
              "the thing has changed in its file and is used from now on",
              stays + "it is missing");
    }
  }
}
