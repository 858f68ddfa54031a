package io.schedulerworker.app.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.schedulerworker.app.http.Logs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Files that change while they are in use. */
class WatchedTest {
  private static final String MISSING = "missing";

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<String> made = new ArrayList<>();
  private String content = "one";
  private int reads;

  private Watched<String, String> watched() throws BadTlsFileException {
    return new Watched<>("the thing", this::read, this::make, nanos::get, Runnable::run);
  }

  private String read() throws BadTlsFileException {
    reads++;
    if (content.equals(MISSING)) {
      throw new BadTlsFileException("key", "is missing");
    }
    return content;
  }

  private String make(String text) throws BadTlsFileException {
    made.add(text);
    if (text.startsWith("bad")) {
      throw new BadTlsFileException("key", "is bad");
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void filesAreLookedAtOnceASecond() throws BadTlsFileException {
    Watched<String, String> watched = watched();
    content = "two";

    pass(Duration.ofMillis(999));
    assertThat(watched.current()).isEqualTo("ONE");
    pass(Duration.ofMillis(1));
    assertThat(watched.current()).isEqualTo("TWO");
    assertThat(watched.current()).isEqualTo("TWO");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whatHasNotChangedIsNotMadeAnew() throws BadTlsFileException {
    Watched<String, String> watched = watched();
    pass(Duration.ofSeconds(5));

    assertThat(watched.current()).isEqualTo("ONE");
    assertThat(made).containsExactly("one");
  }

  @Test
  void theLastGoodValueStaysAndEachChangeIsWarnedOfOnce() throws BadTlsFileException {
    try (Logs logs = new Logs()) {
      Watched<String, String> watched = watched();
      for (String next : List.of("bad", "bad", MISSING, MISSING, "bad", "one", "three", MISSING)) {
        content = next;
        pass(Duration.ofSeconds(1));
        assertThat(watched.current()).isEqualTo(next.equals("three") ? "THREE" : lastGood());
      }

      assertThat(logs.lines().stream().map(line -> line.replaceFirst(".*Watched: ", "")))
          .containsExactly(
              "the thing stays as it was: key: is bad",
              "the thing stays as it was: key: is missing",
              "the thing has changed and is used from now on",
              "the thing has changed and is used from now on",
              "the thing stays as it was: key: is missing");
    }
  }

  private String lastGood() {
    return made.contains("three") ? "THREE" : "ONE";
  }
}
