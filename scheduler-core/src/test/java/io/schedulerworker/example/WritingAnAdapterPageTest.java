package io.schedulerworker.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/writing-an-adapter.md shows is what is compiled here and run against the contracts. */
class WritingAnAdapterPageTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Path SOURCES = Path.of("src/test/java/io/schedulerworker/example");

  @Test
  void theCodeOfThePageIsTheCodeThatIsTested() throws IOException {
    String page = Files.readString(Path.of("../docs/writing-an-adapter.md"));
    String sources;
    try (Stream<Path> files = Files.list(SOURCES)) {
      sources = files.map(WritingAnAdapterPageTest::text).collect(Collectors.joining("\n"));
    }
    List<String> snippets = JAVA.matcher(page).results().map(MatchResult::group).toList();

    assertThat(snippets).hasSizeGreaterThan(2);
    for (String snippet : snippets) {
      String code = snippet.replaceAll("(?s)```java\\n|```", "").strip();
      assertThat(flat(sources)).contains(flat(code));
    }
  }

  /** Lines are indented otherwise where they stand alone. */
  private static String flat(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
