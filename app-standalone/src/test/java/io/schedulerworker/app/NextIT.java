package io.schedulerworker.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code next} through the jar. */
class NextIT {
  private static final String AFTER = "--after=2025-08-14T12:00:00Z";

  @Test
  void printsAnInstantALine() {
    AppProcess.Result result =
        AppProcess.quick().run("next", "0 12 * * *", AFTER, "--count", "2").assertExit(0);

    assertThat(result.outLines()).containsExactly("2025-08-15T12:00:00Z", "2025-08-16T12:00:00Z");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void printsOneObject() {
    AppProcess.Result result = AppProcess.quick()
        .run("next", "0 12 * * *", AFTER, "--count", "1", "--json")
        .assertExit(0);

    Map<String, Object> printed = Json.object(result.out());
    assertThat(printed.keySet()).containsExactly("cron", "zone", "description", "next");
    assertThat(printed)
        .containsEntry("cron", "0 12 * * *")
        .containsEntry("zone", "UTC")
        .containsEntry("next", List.of("2025-08-15T12:00:00Z"));
    assertThat(printed.get("description")).asString().isNotBlank();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void showsTheOffsetOfAnotherZoneAndFiveTimes() {
    AppProcess.Result result = AppProcess.quick()
        .run("next", "30 2 * * *", "--zone", "Europe/Berlin", "--after", "2025-10-24T12:00:00Z")
        .assertExit(0);

    assertThat(result.outLines())
        .hasSize(5)
        .startsWith("2025-10-25T02:30:00+02:00")
        .endsWith("2025-10-29T02:30:00+01:00");
  }

  @Test
  void anExpressionThatNeverFiresPrintsNothing() {
    AppProcess.Result result = AppProcess.quick().run("next", "0 0 30 2 *").assertExit(0);

    assertThat(result.out()).isEmpty();
    assertThat(result.errLines()).hasSizeLessThan(2);
  }

  @Test
  void anExpressionThatNeverFiresIsAnEmptyListInJson() {
    AppProcess.Result result =
        AppProcess.quick().run("next", "0 0 30 2 *", "--json").assertExit(0);

    assertThat(Json.object(result.out())).containsEntry("next", List.of());
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "61 * * * *, --count=1, minute",
    "hello, --count=1, hello",
    "0 12 * * *, --zone=Mars/Olympus, Mars/Olympus",
    "0 12 * * *, --after=yesterday, yesterday",
    "0 12 * * *, --count=0, --count",
    "0 12 * * *, --count=many, many"
  })
  void aMistakeIsOneLine(String cron, String option, String said) {
    AppProcess.quick().run("next", cron, option).assertMistake(said);
  }
}
