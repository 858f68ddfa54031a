package io.schedulerworker.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of things that happen again and again. */
class EventBookTest {
  private final Bench bench = new Bench();
  private final Bench.Told told = new Bench.Told();
  private final EventBook book = bench.events(told);

  private Alert failed(String schedule, String what) {
    return event(AlertKind.JOB_FAILED, Severity.CRITICAL, schedule, what);
  }

  private Alert event(AlertKind kind, Severity severity, String schedule, String what) {
    return Alert.event(kind, severity, schedule, what, null, 1, bench.clock.now());
  }

  @Test
  void theFirstIsToldAtOnceAndTheOthersAsOne() {
    for (int minute = 0; minute < 60; minute++) {
      book.add(failed("minutely", "failed in minute " + minute));
      bench.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(told.summaries()).containsExactly("firing failed in minute 0");

    bench.clock.advance(Bench.REPEAT);

    assertThat(told.summaries())
        .containsExactly(
            "firing failed in minute 0", "firing and 59 more, the last: failed in minute 59");
    assertThat(told.alerts).extracting(Alert::count).containsExactly(1, 59);
    assertThat(told.alerts.get(1).at()).isEqualTo(Bench.START.plus(Bench.REPEAT));
  }

  @Test
  void oneThatComesAloneAfterTheFirstIsToldAsItIs() {
    book.add(failed("daily", "failed once"));
    book.add(failed("daily", "failed twice"));
    bench.clock.advance(Bench.REPEAT);
    assertThat(told.summaries()).containsExactly("firing failed once", "firing failed twice");
  }

  @Test
  void anotherScheduleAnotherKindAndWhatIsWorseAreNotHidden() {
    book.add(event(AlertKind.FIRES_MISSED, Severity.WARNING, "a", "1"));
    book.add(event(AlertKind.FIRES_MISSED, Severity.WARNING, "b", "2"));
    book.add(event(AlertKind.FIRES_MISSED, Severity.CRITICAL, "a", "3"));
    book.add(event(AlertKind.JOB_FAILED, Severity.WARNING, "a", "4"));
    book.add(event(AlertKind.FIRES_MISSED, Severity.WARNING, "a", "5"));
    assertThat(told.summaries()).containsExactly("firing 1", "firing 2", "firing 3", "firing 4");
  }

  @Test
  void afterAQuietWhileTheNextOneIsToldAtOnce() {
    book.add(failed("daily", "today"));
    bench.clock.advance(Bench.REPEAT.multipliedBy(2));
    book.add(failed("daily", "tomorrow"));
    assertThat(told.summaries()).containsExactly("firing today", "firing tomorrow");
    book.close();
    assertThat(bench.clock.pendingTimers()).isZero();
  }

  @Test
  void ofSeveralProcessesOneTellsTheFirst() {
    Bench.Told toldByOther = new Bench.Told();
    EventBook other = bench.events(toldByOther);
    book.add(failed("daily", "here"));
    other.add(failed("daily", "there"));
    assertThat(toldByOther.summaries()).isEmpty();

    bench.clock.advance(Bench.REPEAT);

    assertThat(told.summaries()).containsExactly("firing here");
    assertThat(toldByOther.summaries()).containsExactly("firing there");
  }

  @Test
  void aStoreThatIsAwayHidesNothing() {
    Bench.Told toldByOther = new Bench.Told();
    EventBook other = bench.events(toldByOther);
    bench.away = true;
    book.add(failed("daily", "here"));
    other.add(failed("daily", "there"));
    assertThat(told.summaries()).containsExactly("firing here");
    assertThat(toldByOther.summaries()).containsExactly("firing there");
  }
}
