package io.schedulerworker.n8n;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({"0, PT0S", "7, PT7S", "' 7 ', PT7S", "007, PT7S", "86400, P1D"})
  void secondsAreTakenAsTheyAre(String value, Duration delay) {
    assertThat(RetryAfter.of(headers(value), () -> Calls.NOW)).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "999999999",
        "9999999999",
        "99999999999999999999999999",
        "Fri, 01 Jan 2100 00:00:00 GMT"
      })
  void nobodyIsLeftAloneForMoreThanADay(String value) {
    assertThat(RetryAfter.of(headers(value), () -> Calls.NOW)).isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thu, 14 Aug 2025 12:00:30 GMT",
        "Thursday, 14-Aug-25 12:00:30 GMT",
        "Thu Aug 14 12:00:30 2025"
      })
  void aDateIsMeasuredFromNow(String value) {
    assertThat(RetryAfter.of(headers(value), () -> Calls.NOW)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aDayOfOneDigitIsReadInTheOldestFormatToo() {
    assertThat(RetryAfter.of(headers("Fri Aug  1 00:00:00 2025"), () -> Calls.NOW))
        .isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "'Wed, 01 Jan 2020 00:00:00 GMT', PT1M",
    "'Wed Jan  1 00:00:00 2020', PT1M",
    "'Wed, 01 Jan 2020 00:02:00 GMT', PT0S"
  })
  void theClockIsTheServersIfItTellsItsTime(String date, Duration delay) {
    HttpHeaders headers = HttpHeaders.of(
        Map.of("Retry-After", List.of("Wed, 01 Jan 2020 00:01:00 GMT"), "Date", List.of(date)),
        (name, value) -> true);

    assertThat(RetryAfter.of(headers, () -> Calls.NOW)).isEqualTo(delay);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-5",
        "1.5",
        "soon",
        "5 s",
        "٣",
        "Thu, 14 Aug 2025",
        "Mon, 14 Aug 2025 12:00:30 GMT"
      })
  void whatNobodyCanReadIsIgnored(String value) {
    assertThat(RetryAfter.of(headers(value), () -> Calls.NOW)).isNull();
  }

  private static HttpHeaders headers(String retryAfter) {
    return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
  }
}
