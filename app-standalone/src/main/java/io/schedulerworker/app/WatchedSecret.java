package io.schedulerworker.app;

import io.schedulerworker.app.io.UnreadableFileException;
import io.schedulerworker.app.settings.SecretSource;
import io.schedulerworker.model.Texts;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret that its file may change. What cannot be used leaves the last good one in place. Not thread-safe. */
final class WatchedSecret<T> {
  private static final Logger LOG = LoggerFactory.getLogger("io.schedulerworker.secrets");

  private final SecretSource source;
  private final Function<String, T> parser;
  private String seen;
  private String problem = "";
  private T value;

  WatchedSecret(SecretSource source, Function<String, T> parser) {
    this.source = source;
    this.parser = parser;
    this.seen = source.first().reveal();
    this.value = parser.apply(seen);
  }

  T value() {
    return value;
  }

  /** Whether there is another value now. */
  boolean look() {
    try {
      String text = source.current();
      if (text.equals(seen)) {
        problem = "";
        return false;
      }
      return take(text);
    } catch (UnreadableFileException e) {
      return complain(e);
    }
  }

  private boolean take(String text) {
    try {
      value = parser.apply(text);
    } catch (IllegalArgumentException e) {
      return complain(e);
    }
    seen = text;
    problem = "";
    LOG.info("{} has changed in its file and is used from now on", source.name());
    return true;
  }

  private boolean complain(Exception reason) {
    String found = String.valueOf(reason.getMessage());
    if (!found.equals(problem)) {
      problem = found;
      LOG.warn(
          "{} stays as it was, its file cannot be used: {}", source.name(), Texts.line(found, 300));
    }
    return false;
  }
}
