package io.schedulerworker.app;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which processes were killed, and when. */
final class Deaths {
  /**
   * What a process has been told and may not have written down when it is killed: it collects outcomes for 100 ms, and on
   * a busy machine takes a while to hear of one and to write it.
   */
  private static final Duration UNRECORDED = Duration.ofMillis(750);

  private static final int LAST_LINES = 12;

  private final Map<String, Death> byCaller = new ConcurrentHashMap<>();

  private record Death(long at, String lastWords) {}

  /** One that was killed not before this moment, and what it had said. */
  void of(String caller, long at, String said) {
    List<String> lines = said.lines().toList();
    String last = lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n"));
    byCaller.put(caller, new Death(at, last));
  }

  /** Whether somebody else might not know of a call, because its caller died. */
  boolean mayHaveHidden(SinkCall call) {
    Death death = byCaller.get(call.caller());
    return death != null && !call.wasAnsweredBefore(death.at(), UNRECORDED);
  }

  /** How long after its caller's death somebody called again. */
  Duration since(String caller, SinkCall later) {
    Death death = byCaller.get(caller);
    if (death == null) {
      throw new AssertionError(caller + " lives, and yet its work was taken: " + later);
    }
    return Duration.ofNanos(later.arrived() - death.at());
  }

  String lastWords() {
    return byCaller.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().at()))
        .map(entry -> entry.getKey() + " was killed at " + entry.getValue().at() + " after saying\n"
            + entry.getValue().lastWords())
        .collect(Collectors.joining("\n"));
  }
}
