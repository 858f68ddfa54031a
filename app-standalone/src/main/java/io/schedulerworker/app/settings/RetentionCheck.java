package io.schedulerworker.app.settings;

import java.time.Duration;
import java.util.stream.Stream;

/** Finds what would be waited for longer than it is kept. */
final class RetentionCheck {
  private final Values values;
  private final Findings findings;

  RetentionCheck(Values values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  void check(Duration jobTimeout) {
    Duration retention = values.get(Catalogue.RETENTION);
    if (retention.compareTo(jobTimeout) <= 0) {
      warn(Catalogue.JOB_TIMEOUT, jobTimeout, "no job runs into its timeout");
    }
    Duration lease = values.get(Catalogue.LEASE);
    if (retention.compareTo(lease) <= 0) {
      warn(Catalogue.LEASE, lease, "a lease is gone before it is over");
    }
    Duration grace = values.get(Catalogue.WATCH_GRACE);
    if (retention.compareTo(grace.multipliedBy(2)) <= 0) {
      warn(Catalogue.WATCH_GRACE, grace, "what is late is gone before it is told of");
    }
  }

  private void warn(Setting<?> setting, Duration value, String what) {
    Setting<?> placed = Stream.of(setting, Catalogue.RETENTION)
        .filter(values::isSet)
        .findFirst()
        .orElse(setting);
    findings.warning(
        values.place(placed),
        "with retention = %s and %s = %s %s; make retention longer"
            .formatted(
                Durations.text(values.get(Catalogue.RETENTION)),
                setting.key(),
                Durations.text(value),
                what));
  }
}
