package io.schedulerworker.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What was wrong while the simulation ran; the checks afterwards add to it. */
final class Problems {
  private final World world;
  private final List<String> found = new ArrayList<>();

  Problems(World world) {
    this.world = world;
  }

  void add(Incarnation where, String what) {
    found.add(where + ": " + what);
    world.trace.add(world.now(), where.name, "PROBLEM: ", what);
  }

  void add(String what) {
    found.add(what);
  }

  List<String> found() {
    return found;
  }

  static String place(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith("io.schedulerworker."))
        .limit(4)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }
}
