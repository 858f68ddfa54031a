package io.schedulerworker.dispatch;

import java.util.function.Consumer;

/** Lets attempts pass, each by itself. Thread-safe; does not block. */
@FunctionalInterface
public interface Admission {
  /** Lets everything pass. */
  Admission FREE = new Admission() {
    @Override
    public boolean isSure(boolean repeat) {
      return true;
    }

    @Override
    public void ask(String kpiId, boolean repeat, Consumer<Boolean> answer) {
      answer.accept(true);
    }
  };

  /**
   * Whether a KPI may be called now as far as is known without asking: so it is with most. Must not throw.
   *
   * @param repeat whether it was called before
   * @return true if it may; false if that is to be asked
   */
  default boolean isSure(boolean repeat) {
    return false;
  }

  /**
   * Asks whether a KPI may be called now. The call keeps its place in flight until the answer comes.
   *
   * @param kpiId the KPI
   * @param repeat whether it was called before
   * @param answer takes true if it may, false if it is to be left as it is; called once, on any thread, also within this
   *     call
   */
  void ask(String kpiId, boolean repeat, Consumer<Boolean> answer);
}
