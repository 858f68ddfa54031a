package io.schedulerworker.app.outbox;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one attempt to deliver.
 *
 * @param arrived whether it was taken
 * @param refused whether it is the letter that is not liked, rather than the moment
 * @param what goes on after the host's name, for a person; no secret
 * @param pause how long the other side asks to be left alone
 */
record Outcome(boolean arrived, boolean refused, String what, Optional<Duration> pause) {
  static Outcome failed(String what) {
    return new Outcome(false, false, what, Optional.empty());
  }
}
