package io.schedulerworker.app.settings;

import io.schedulerworker.model.CatchUp;
import io.schedulerworker.model.HoursOfDay;
import io.schedulerworker.model.Overlap;
import io.schedulerworker.model.SchedulePolicy;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what becomes of a schedule's fires where something stands in their way. */
final class PolicyReader {
  static final String WINDOW = "catch_up_window";

  static final Set<String> KEYS = Set.of(
      "catch_up", WINDOW, "catch_up_hours", "catch_up_spread", "after_pause", "jitter", "overlap");

  private static final ValueType<Duration> ANY = ValueTypes.duration(Duration.ZERO);
  private static final ValueType<CatchUp> CATCH_UP = words(CatchUp.values(), CatchUp::text);
  private static final ValueType<Overlap> OVERLAP = words(Overlap.values(), Overlap::text);
  private static final HoursOfDay ALL_DAY = new HoursOfDay(LocalTime.MIN, LocalTime.MIN);

  private static final ValueType<HoursOfDay> HOURS =
      new ValueType<>("hours of the day like 22-6 or 22:30-06:00", value -> {
        String hours = ValueTypes.text(value);
        try {
          return HoursOfDay.parse(hours);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("they are no hours", e);
        }
      });

  private final TableReader table;

  PolicyReader(TableReader table) {
    this.table = table;
  }

  private static <T> ValueType<T> words(T[] values, Function<T, String> word) {
    List<String> words = Arrays.stream(values).map(word).toList();
    return new ValueType<>(String.join(" or ", words), value -> {
      int index = words.indexOf(ValueTypes.text(value));
      if (index < 0) {
        throw new IllegalArgumentException();
      }
      return values[index];
    });
  }

  /** Empty if a value is wrong, which is then among the findings. */
  Optional<SchedulePolicy> read() {
    SchedulePolicy usual = SchedulePolicy.DEFAULT;
    Optional<CatchUp> catchUp = table.value("catch_up", CATCH_UP, usual.catchUp());
    Optional<Duration> window =
        table.value(WINDOW, ValueTypes.duration(Duration.ofSeconds(1)), usual.catchUpWindow());
    Optional<HoursOfDay> hours = table.value("catch_up_hours", HOURS, ALL_DAY);
    Optional<Duration> spread = table.value("catch_up_spread", ANY, usual.catchUpSpread());
    Optional<CatchUp> afterPause = table.value("after_pause", CATCH_UP, usual.afterPause());
    Optional<Duration> jitter = table.value("jitter", ANY, usual.jitter());
    Optional<Overlap> overlap = table.value("overlap", OVERLAP, usual.overlap());
    if (catchUp.isEmpty()
        || window.isEmpty()
        || hours.isEmpty()
        || spread.isEmpty()
        || afterPause.isEmpty()
        || jitter.isEmpty()
        || overlap.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new SchedulePolicy(
        catchUp.get(),
        window.get(),
        hours.filter(part -> !part.equals(ALL_DAY)).orElse(null),
        spread.get(),
        afterPause.get(),
        jitter.get(),
        overlap.get()));
  }
}
