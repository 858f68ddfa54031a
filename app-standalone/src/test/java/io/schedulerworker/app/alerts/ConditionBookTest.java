package io.schedulerworker.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of things that last. */
class ConditionBookTest {
  private static final String HOST = "n8n.example.com:443";
  private static final Alert.Topic TOPIC = Alert.topicOf(AlertKind.HOST_CLOSED, HOST);
  private static final String OVER = "resolved " + HOST + " is called again";

  private final Bench bench = new Bench();
  private final Bench.Told told = new Bench.Told();
  private final Bench.Told toldByOther = new Bench.Told();
  private final ConditionBook book = bench.conditions(told);
  private final ConditionBook other = bench.conditions(toldByOther);

  private Alert closed(String summary) {
    return Alert.condition(
        AlertKind.HOST_CLOSED, Severity.WARNING, HOST, summary, bench.clock.now());
  }

  @Test
  void itIsToldOnceAgainAfterAWhileAndWhenItIsOver() {
    book.raise(closed("away"));
    bench.clock.advance(Duration.ofMinutes(1));
    book.raise(closed("still away"));
    assertThat(told.summaries()).containsExactly("firing away");

    bench.clock.advance(Bench.REPEAT);
    assertThat(told.summaries()).containsExactly("firing away", "firing still away");

    book.resolve(TOPIC);
    book.resolve(TOPIC);
    bench.clock.advance(Bench.REPEAT.multipliedBy(3));
    assertThat(told.summaries()).containsExactly("firing away", "firing still away", OVER);
    assertThat(bench.clock.pendingTimers()).isZero();
  }

  @Test
  void whatComesBackIsToldAnew() {
    book.raise(closed("away"));
    book.resolve(TOPIC);
    book.raise(closed("away again"));
    assertThat(told.summaries()).containsExactly("firing away", OVER, "firing away again");
  }

  @Test
  void howeverManyProcessesSeeItOneTells() {
    book.raise(closed("away"));
    bench.clock.advance(Duration.ofSeconds(5));
    other.raise(closed("away too"));
    bench.clock.advance(Bench.REPEAT);
    other.resolve(TOPIC);
    book.resolve(TOPIC);
    assertThat(told.summaries()).containsExactly("firing away", "firing away");
    assertThat(toldByOther.summaries()).containsExactly(OVER);
  }

  @Test
  void whateverTheMomentItsEndIsTold() {
    for (int percent = 5; percent <= 250; percent += 5) {
      book.raise(closed("away"));
      bench.clock.advance(Bench.REPEAT.multipliedBy(percent).dividedBy(100));
      book.resolve(TOPIC);
      assertThat(told.summaries()).as("after %d %%", percent).last().isEqualTo(OVER);
    }
  }

  @Test
  void whatADeadProcessToldIsToldAgainByAnotherOneThatSeesIt() {
    book.raise(closed("away"));
    other.raise(closed("away too"));
    book.close();
    bench.clock.advance(Bench.REPEAT.multipliedBy(2));
    assertThat(toldByOther.summaries()).containsExactly("firing away too");
  }

  @Test
  void aStoreThatIsAwayHidesNothing() {
    bench.away = true;
    book.raise(closed("away"));
    other.raise(closed("away too"));
    bench.away = false;
    bench.clock.advance(Duration.ofMinutes(1));
    book.resolve(TOPIC);
    other.resolve(TOPIC);
    assertThat(told.summaries()).containsExactly("firing away", OVER);
    assertThat(toldByOther.summaries()).containsExactly("firing away too", OVER);
  }

  @Test
  void aClaimThatCouldNotBeGivenBackHidesNothing() {
    book.raise(closed("away"));
    bench.away = true;
    book.resolve(TOPIC);
    bench.away = false;
    bench.clock.advance(Duration.ofMinutes(1));
    book.raise(closed("away again"));
    other.raise(closed("away too"));
    assertThat(told.summaries()).containsExactly("firing away", OVER, "firing away again");
    assertThat(toldByOther.summaries()).isEmpty();
  }

  @Test
  void aClockIsThatOfOneProcess() {
    for (ConditionBook each : List.of(book, other)) {
      each.raise(Alert.condition(
          AlertKind.CLOCK_OFF, Severity.CRITICAL, "", "the clock is off", bench.clock.now()));
      each.resolve(Alert.topicOf(AlertKind.CLOCK_OFF, ""));
    }
    assertThat(toldByOther.summaries()).hasSize(2).containsExactlyElementsOf(told.summaries());
  }
}
