package io.schedulerworker.simulation;

import java.util.function.Consumer;

/** Something that must hold, whatever went wrong. */
interface Check {
  void check(Run run, End end, Consumer<String> fault);
}
